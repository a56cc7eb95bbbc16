/* The student made one function of both: it waits until the level may become what it will be. */
/* verdict: clean */
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

/* Litres are more than 0 to fill, less than 0 to draw. */
static void tank_move(struct tank *tank, int litres) {
    must(pthread_mutex_lock(&tank->lock));
    for (;;) {
        int level = tank->level + litres;
        if (level >= 0 && level <= TANK_LITRES) {
            break;
        }
        must(pthread_cond_wait(&tank->changed, &tank->lock));
    }
    tank->level += litres;
    tank->lowest = tank->level < tank->lowest ? tank->level : tank->lowest;
    tank->highest = tank->level > tank->highest ? tank->level : tank->highest;
    must(pthread_mutex_unlock(&tank->lock));
    must(pthread_cond_broadcast(&tank->changed));
}

void tank_draw(struct tank *tank, int litres) {
    tank_move(tank, -litres);
}

void tank_fill(struct tank *tank, int litres) {
    tank_move(tank, litres);
}
