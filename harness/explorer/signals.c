#include "signals.h"

#include "arena.h"
#include "model.h"
#include "stacks.h"

#include <string.h>
#include <ucontext.h>
#include <unistd.h>

extern const char image[] __asm__("__executable_start");
extern const char text_end[] __asm__("etext");

static bool in_program(uintptr_t address) {
    return address >= (uintptr_t)image && address < (uintptr_t)text_end;
}

// Where the program is, or where it called the library that the signal came from: the first return
// address on the stack that lies in the program.
static uint32_t place_of(const ucontext_t *context) {
#if defined __x86_64__
    uintptr_t pc = (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
    const uintptr_t *stack = (const uintptr_t *)context->uc_mcontext.gregs[REG_RSP];
#else
    uintptr_t pc = context->uc_mcontext.pc;
    const uintptr_t *stack = (const uintptr_t *)context->uc_mcontext.sp;
#endif
    if (in_program(pc))
        return report_place((const void *)(pc + 1)); // places are return addresses
    for (size_t i = 0; self && (uintptr_t)(stack + i) + sizeof *stack < stack_end(self->number) && i < 4096; i++)
        if (in_program(stack[i]))
            return report_place((const void *)stack[i]);
    return self ? self->call : 0;
}

static void crashed(int number, siginfo_t *info, void *context) {
    (void)info;
    report_fault("crash");
    report_number("signal", (uint64_t)number);
    report_part(self ? self->number : 0, place_of(context), "was here when the signal came", NULL,
                true);
    report_fault_end();
    report_end(END_FAULT, 0);
}

static void asked_where(int number, siginfo_t *info, void *context) {
    (void)number, (void)info;
    report_fault("timeout");
    report_part(self ? self->number : 0, place_of(context), "is here", NULL, true);
    report_fault_end();
    report_end(END_FAULT, 0);
}

void signals_use_own_stack(void) {
    enum { STACK_BYTES = 64 << 10 };
    const stack_t own = {.ss_sp = arena_take(STACK_BYTES), .ss_size = STACK_BYTES};
    sigaltstack(&own, NULL);
}

void signals_watch(void) {
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    signals_use_own_stack();
    action.sa_sigaction = crashed;
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        sigaction(crashes[i], &action, NULL);
    action.sa_sigaction = asked_where;
    sigaction(SIGNAL_WHERE, &action, NULL);
}
