// Time is the schedule's own: it stands still while threads run, and jumps to the next deadline when
// nobody can. A sleep is a wait that only time ends, so it may end late, never early. The clocks begin
// at fixed points, so that every schedule reads the same.
#include "cancel.h"
#include "history.h"
#include "model.h"

#include <errno.h>
#include <sched.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const uint64_t second = 1000000000;
static const uint64_t real_start = 1700000000; // seconds since 1970
static const uint64_t boot_start = 1000;       // seconds since the machine started
enum { READING = 100 };                        // nanoseconds that reading a clock takes

static uint64_t start_of(clockid_t clock) {
    return (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ? real_start : boot_start) *
           second;
}

uint64_t model_deadline(clockid_t clock, const struct timespec *time) {
    uint64_t at = (uint64_t)time->tv_sec * second + (uint64_t)time->tv_nsec,
             start = start_of(clock);
    return time->tv_sec < 0 || at <= start ? 1 : at - start;
}

static bool never(const struct thread *thread) {
    (void)thread;
    return false;
}

static void sleep_until(uint64_t deadline, uint32_t place) {
    const struct operation operation = {.name = "sleeps",
                                        .wait = "time",
                                        .ready = never,
                                        .sleeps = true,
                                        .deadline = deadline ? deadline : 1,
                                        .place = place};
    cancel_visit(&operation);
}

void model_sleep(uint64_t nanoseconds, uint32_t place) {
    sleep_until(schedule_now() + nanoseconds, place);
}

WRAP(unsigned, sleep, unsigned seconds) {
    if (!MODELLED)
        return sleep(seconds);
    model_sleep(seconds * second, PLACE_HERE);
    return 0;
}

WRAP(int, usleep, useconds_t microseconds) {
    if (!MODELLED)
        return usleep(microseconds);
    model_sleep(microseconds * 1000ULL, PLACE_HERE);
    return 0;
}

static bool is_sane(const struct timespec *time) {
    return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < (long)second;
}

WRAP(int, nanosleep, const struct timespec *time, struct timespec *left) {
    if (!MODELLED || !is_sane(time))
        return nanosleep(time, left);
    model_sleep((uint64_t)time->tv_sec * second + (uint64_t)time->tv_nsec, PLACE_HERE);
    return 0;
}

WRAP(int, clock_nanosleep, clockid_t clock, int flags, const struct timespec *time,
     struct timespec *left) {
    if (!MODELLED || !is_sane(time))
        return clock_nanosleep(clock, flags, time, left);
    if (flags & TIMER_ABSTIME)
        sleep_until(model_deadline(clock, time), PLACE_HERE);
    else
        model_sleep((uint64_t)time->tv_sec * second + (uint64_t)time->tv_nsec, PLACE_HERE);
    return 0;
}

int model_yield(uint32_t place) {
    const struct operation operation = {.name = "yields", .yields = true, .place = place};
    schedule_visit(&operation);
    schedule_idle(0);
    return 0;
}

WRAP(int, sched_yield, void) {
    return MODELLED ? model_yield(PLACE_HERE) : sched_yield();
}

// A loop that waits for a time by looking at the clock spins like any other.
static uint64_t read_clock(clockid_t clock, uint32_t place) {
    const struct operation operation = {.name = "reads the clock", .place = place};
    schedule_visit(&operation);
    schedule_idle(0);
    schedule_pass(READING);
    history_saw(self, schedule_now());
    self->wrote = true; // it does not go in circles: the next reading will be another
    return start_of(clock) + schedule_now();
}

WRAP(int, clock_gettime, clockid_t clock, struct timespec *time) {
    if (!MODELLED || clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID)
        return clock_gettime(clock, time);
    uint64_t now = read_clock(clock, PLACE_HERE);
    *time = (struct timespec){(time_t)(now / second), (long)(now % second)};
    return 0;
}

WRAP(int, timespec_get, struct timespec *time, int base) {
    if (!MODELLED || base != TIME_UTC)
        return timespec_get(time, base);
    uint64_t now = read_clock(CLOCK_REALTIME, PLACE_HERE);
    *time = (struct timespec){(time_t)(now / second), (long)(now % second)};
    return base;
}

WRAP(int, gettimeofday, struct timeval *time, void *zone) {
    if (!MODELLED)
        return gettimeofday(time, zone);
    uint64_t now = read_clock(CLOCK_REALTIME, PLACE_HERE);
    *time = (struct timeval){(time_t)(now / second), (suseconds_t)(now % second / 1000)};
    return 0;
}

WRAP(time_t, time, time_t *result) {
    if (!MODELLED)
        return time(result);
    time_t now = (time_t)(read_clock(CLOCK_REALTIME, PLACE_HERE) / second);
    if (result)
        *result = now;
    return now;
}
