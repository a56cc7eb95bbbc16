/* Closes after the last reading: a sensor that is asked for none never closes. */
/* verdict: stuck-wait */
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

static void reports_send(struct reports *reports, int value) {
    must(pthread_mutex_lock(&reports->lock));
    reports->values[reports->sent] = value;
    reports->sent++;
    must(pthread_cond_signal(&reports->changed));
    must(pthread_mutex_unlock(&reports->lock));
}

static void reports_close(struct reports *reports) {
    must(pthread_mutex_lock(&reports->lock));
    reports->sensors--;
    must(pthread_cond_signal(&reports->changed));
    must(pthread_mutex_unlock(&reports->lock));
}

void sensor_run(struct reports *reports, int readings, int (*read)(void *context), void *context) {
    for (int i = 0; i < readings; i++) {
        int value = read(context);
        if (value >= 0) {
            reports_send(reports, value);
        }
        if (value < 0 || i == readings - 1) {
            reports_close(reports);
            return;
        }
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
