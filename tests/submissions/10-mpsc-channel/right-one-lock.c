/* The student takes the lock once for each reading, after it, and closes in the same breath as it sees the
 * end. */
/* verdict: clean */
#include "exercise.h"

#include "must.h"

void reports_init(struct reports *reports, int sensors) {
    *reports = (struct reports){.sensors = sensors};
    must(pthread_mutex_init(&reports->lock, NULL));
    must(pthread_cond_init(&reports->changed, NULL));
}

void reports_destroy(struct reports *reports) {
    must(pthread_cond_destroy(&reports->changed));
    must(pthread_mutex_destroy(&reports->lock));
}

void sensor_run(struct reports *reports, int readings, int (*read)(void *context), void *context) {
    bool more = true;

    for (int i = 0; more; i++) {
        int value = i < readings ? read(context) : -1;
        more = value >= 0;
        must(pthread_mutex_lock(&reports->lock));
        if (more) {
            reports->values[reports->sent++] = value;
        } else {
            reports->sensors--;
        }
        must(pthread_mutex_unlock(&reports->lock));
        must(pthread_cond_signal(&reports->changed));
    }
}

bool reports_receive(struct reports *reports, int *value) {
    must(pthread_mutex_lock(&reports->lock));
    while (reports->received == reports->sent && reports->sensors > 0) {
        must(pthread_cond_wait(&reports->changed, &reports->lock));
    }
    bool there = reports->received < reports->sent;
    if (there) {
        *value = reports->values[reports->received];
        reports->received++;
    }
    must(pthread_mutex_unlock(&reports->lock));
    return there;
}
