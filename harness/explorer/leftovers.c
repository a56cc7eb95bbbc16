#include "leftovers.h"

#include "report.h"
#include "thread.h"

static bool is_left(const struct thread *thread) {
    return thread->number && thread->ended && !thread->joined && !thread->detached;
}

// One fault for all that were created at one place.
void leftovers_report_threads(void) {
    for (unsigned i = 1; i < thread_count(); i++) {
        const struct thread *thread = thread_numbered(i);
        unsigned count = 0;
        if (!is_left(thread) || report_has_fault("thread-leak", thread->created, 0))
            continue;
        for (unsigned k = i; k < thread_count(); k++)
            count += is_left(thread_numbered(k)) && thread_numbered(k)->created == thread->created;
        report_fault("thread-leak");
        report_weak();
        report_number("count", count);
        report_part(self->number, thread->created, "creates the thread", NULL, false);
        report_fault_end();
    }
}
