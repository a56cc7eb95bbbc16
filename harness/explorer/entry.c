// Where the program begins and ends. The process that stands at the start of main is the driver; each
// schedule is a child of it that goes on from there.
#include "driver.h"
#include "exercise.h"
#include "leak.h"
#include "leftovers.h"
#include "model.h"
#include "signals.h"
#include "threads.h"

#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int __real_main(int argc, char **argv, char **environment);
int __wrap_main(int argc, char **argv, char **environment);

static struct object *process(void) {
    return object_at(&__real_main, OBJECT_PROCESS);
}

// Exit calls the handlers, of which this is the last, and then the destructors, which are not told the status.
static int exit_status;
static void keep_status(int status, void *unused) {
    (void)unused;
    exit_status = status;
}

enum { LAST = 0 }; // priority of a destructor that comes after the program's own
__attribute__((destructor(LAST))) static void program_ended(void) {
    if (!schedule_runs())
        return;
    fflush(NULL);
    exercise_look();
    leftovers_report_threads();
    leak_look();
    report_end(END_EXIT, exit_status);
}

static int count;
static char **words, **variables;

static __attribute__((noinline)) void run_program(void) {
    int status;
    on_exit(keep_status, NULL);
    schedule_begin();
    signals_watch();
    if (threads_early)
        report_unavailable_at(threads_early,
                              "the program creates a thread before its main function, "
                              "which the explorer does not model: create it in main");
    pthread_cleanup_push(threads_end, NULL);
    status = __real_main(count, words, variables);
    pthread_cleanup_pop(0);
    exercise_main_returns();
    const struct operation operation = {.name = "returns from main", .object = process()};
    schedule_visit(&operation);
    leak_stands_here();
    exit(status);
}

enum { DRIVER_DEPTH = 256 << 10 }; // bytes of stack, more than the driver's own calls take

// The program's stack begins at one place, however deep in the driver a schedule is begun: so its memory
// has the same address when a schedule is run again to be shown.
static void run(void) {
    uintptr_t here = (uintptr_t)__builtin_frame_address(0),
              begin = ((uintptr_t)variables - DRIVER_DEPTH) & ~(uintptr_t)15;
    volatile char *room = here > begin ? alloca(here - begin) : NULL;
    if (room)
        *room = 0;
    run_program();
}

int __wrap_main(int argc, char **argv, char **environment) {
    const char *settings = getenv("INTERLEAVE_EXPLORE");
    if (!settings)
        return __real_main(argc, argv, environment);
    count = argc;
    words = argv;
    variables = environment;
    driver_run(settings, argv, run);
}

void __wrap_exit(int status) __attribute__((noreturn));
void __wrap_exit(int status) {
    if (MODELLED) {
        const struct operation operation = {
            .name = "calls exit", .object = process(), .place = PLACE_HERE};
        schedule_visit(&operation);
    }
    __builtin_unwind_init(); // a register may hold the only pointer to a block
    leak_stands_here();
    exit(status);
}

static _Noreturn void end_at_once(int status, uint32_t place) {
    if (!MODELLED)
        _exit(status);
    const struct operation operation = {
        .name = "ends the process", .object = process(), .place = place};
    schedule_visit(&operation);
    exercise_look();
    report_end(END_EXIT, status);
}

#define ENDS_AT_ONCE(name) \
    _Noreturn void __wrap_##name(int status); \
    _Noreturn void __wrap_##name(int status) { \
        end_at_once(status, PLACE_HERE); \
    }
ENDS_AT_ONCE(_exit)
ENDS_AT_ONCE(_Exit)
ENDS_AT_ONCE(quick_exit)
