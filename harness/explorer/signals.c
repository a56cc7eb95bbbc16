#include "signals.h"

#include "arena.h"
#include "model.h"

#include <execinfo.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

enum { FRAMES_MOST = 32 };

// The calls that led here, innermost first; the harness takes the first that is the program's own.
static void report_calls(void) {
    void *calls[FRAMES_MOST];
    int count = backtrace(calls, FRAMES_MOST);
    report_list("calls");
    for (int i = 0; i < count; i++)
        report_item(report_place(calls[i]));
}

static uint32_t interrupted_at(const ucontext_t *context) {
#if defined __x86_64__
    uintptr_t pc = (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#else
    uintptr_t pc = context->uc_mcontext.pc;
#endif
    return report_place((const void *)(pc + 1)); // places are return addresses
}

static void crashed(int number, siginfo_t *info, void *context) {
    (void)info;
    report_fault("crash");
    report_number("signal", (uint64_t)number);
    report_calls();
    report_part(self ? self->number : 0, interrupted_at(context), "was running", NULL, true);
    report_fault_end();
    report_end(END_FAULT, 0);
}

const char *const suspicion_words[] = {
    [SUSPECT_WAIT] =
        "waits for long in a call that the explorer does not model: leave this program to "
        "the other engines",
    [SUSPECT_CALCULATION] =
        "goes on for long without any operation that another thread could notice, as "
        "in a long calculation or an endless loop: give it less to do",
};

static void asked_where(int number, siginfo_t *info, void *context) {
    (void)number, (void)info;
    uint32_t suspicion = atomic_load(&channel->outcome.suspicion);
    if (suspicion < SUSPECT_LOOP) {
        void *calls[FRAMES_MOST];
        report_unavailable_in(interrupted_at(context), calls, backtrace(calls, FRAMES_MOST),
                              "the program %s", suspicion_words[suspicion]);
    }
    report_fault("timeout");
    report_wherever();
    report_calls();
    report_part(self ? self->number : 0, interrupted_at(context), "is running", NULL, true);
    report_fault_end();
    report_end(END_FAULT, 0);
}

void signals_use_own_stack(void) {
    enum { STACK_BYTES = 64 << 10 };
    const stack_t own = {.ss_sp = arena_take(STACK_BYTES), .ss_size = STACK_BYTES};
    sigaltstack(&own, NULL);
}

void signals_prepare(void) {
    void *call;
    backtrace(&call, 1); // loads what it needs, which a handler could not
}

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};

bool signals_are_ours(int number) {
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        if (crashes[i] == number)
            return true;
    return number == SIGNAL_WHERE;
}

void signals_watch(void) {
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER}, usual;
    signals_use_own_stack();
    action.sa_sigaction = crashed;
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        sigaction(crashes[i], &action, NULL);
    sigaction(SIGPIPE, NULL, &usual); // where it is ignored, it stays so
    if (usual.sa_handler == SIG_DFL)
        sigaction(SIGPIPE, &action, NULL);
    action.sa_sigaction = asked_where;
    sigaction(SIGNAL_WHERE, &action, NULL);
}
