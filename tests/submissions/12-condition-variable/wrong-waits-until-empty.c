/* The student pours only into an empty tank, though there is room before. */
/* verdict: stuck-wait */
#include "exercise.h"

#include "must.h"

void tank_init(struct tank *tank) {
    *tank = (struct tank){.level = 0};
    must(pthread_mutex_init(&tank->lock, NULL));
    must(pthread_cond_init(&tank->changed, NULL));
}

void tank_destroy(struct tank *tank) {
    must(pthread_cond_destroy(&tank->changed));
    must(pthread_mutex_destroy(&tank->lock));
}

/* The caller holds the lock. */
static void tank_change(struct tank *tank, int litres) {
    tank->level += litres;
    if (tank->level < tank->lowest) {
        tank->lowest = tank->level;
    }
    if (tank->level > tank->highest) {
        tank->highest = tank->level;
    }
    must(pthread_cond_broadcast(&tank->changed));
}

void tank_draw(struct tank *tank, int litres) {
    must(pthread_mutex_lock(&tank->lock));
    while (tank->level < litres) {
        must(pthread_cond_wait(&tank->changed, &tank->lock));
    }
    tank_change(tank, -litres);
    must(pthread_mutex_unlock(&tank->lock));
}

void tank_fill(struct tank *tank, int litres) {
    must(pthread_mutex_lock(&tank->lock));
    while (tank->level > 0) {
        must(pthread_cond_wait(&tank->changed, &tank->lock));
    }
    tank_change(tank, litres);
    must(pthread_mutex_unlock(&tank->lock));
}
