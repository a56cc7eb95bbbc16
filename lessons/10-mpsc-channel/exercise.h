/*
 * The contract of exercise.c: reports that several sensors send to one station. A sensor may break, and
 * then it reports no more.
 *
 * A sensor runs in a thread of its own; sensors may run at the same time. One thread, the station,
 * receives.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>
#include <stdbool.h>

enum { REPORTS_MOST = 8 }; /* all sensors together never send more */

struct reports {
    pthread_mutex_t lock;   /* protects all below */
    pthread_cond_t changed; /* a value came, or a sensor stopped */
    int values[REPORTS_MOST];
    int sent;
    int received;
    int sensors; /* how many may still send: in the end 0 */
};

/* Prepares for that many sensors. The caller owns the memory, and calls reports_destroy() when all
 * sensors and the station have finished. */
void reports_init(struct reports *reports, int sensors);
void reports_destroy(struct reports *reports);

/*
 * Is a sensor, from its beginning to its end: calls read(context) up to `readings` times and sends what
 * it returns, one value after the other and each at once. A negative value means that the sensor is
 * broken: it is not sent, and nothing after it is read. read() may wait for the other threads.
 */
void sensor_run(struct reports *reports, int readings, int (*read)(void *context), void *context);

/* Waits for the next value and stores it. Values of one sensor come in their order. Returns false,
 * and stores nothing, when all that was sent has been received and no sensor can send any more. */
bool reports_receive(struct reports *reports, int *value);

#endif
