#include "exercise.h"

#include "report.h"
#include "schedule.h"
#include "thread.h"

#include <unistd.h>

extern const int interleave_driven __attribute__((weak)); // lessons/drive.h
static bool done;

_Noreturn void interleave_check_failed(const char *sentence, const void *called_from);
void interleave_driver_done(void);

_Noreturn void interleave_check_failed(const char *sentence, const void *called_from) {
    if (!schedule_runs())
        _exit(1);
    report_fault("wrong-result");
    report_text("sentence", sentence);
    report_part(self->number, report_place(called_from), "checks it", NULL, false);
    report_fault_end();
    report_end(END_FAULT, 0);
}

void interleave_driver_done(void) {
    done = true;
}

void exercise_look(void) {
    if (!&interleave_driven || done)
        return;
    report_fault("wrong-exit");
    report_number("early", 1);
    report_fault_end();
}
