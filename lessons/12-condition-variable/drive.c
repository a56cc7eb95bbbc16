/*
 * A lorry brings water to a tank, in two loads that fill it; two gardens draw from it. One draws half a
 * tank at a time, the other one all of it. Between them they draw what was brought.
 */
#include <pthread.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { LITRES = 2 * TANK_LITRES, GARDENS = 2 };

static struct tank tank;

/* Draws *argument litres at a time, half of all water together. */
static void *garden(void *argument) {
    int litres = *(int *)argument;

    for (int drawn = 0; drawn < LITRES / GARDENS; drawn += litres) {
        tank_draw(&tank, litres); /* stuck here? There is water, and nobody told this garden */
    }
    return NULL;
}

static void *lorry(void *unused) {
    tank_fill(&tank, TANK_LITRES);
    tank_fill(&tank, TANK_LITRES); /* stuck here? There is room, and nobody told the lorry */
    return unused;
}

int main(void) {
    pthread_t gardens[GARDENS], lorry_thread;
    int at_a_time[GARDENS] = {TANK_LITRES, TANK_LITRES};

    at_a_time[drive_number(GARDENS)] = TANK_LITRES / 2; /* the one or the other starts first */
    tank_init(&tank);
    for (int i = 0; i < GARDENS; i++) {
        must(pthread_create(&gardens[i], NULL, garden, &at_a_time[i]));
    }
    must(pthread_create(&lorry_thread, NULL, lorry, NULL));
    for (int i = 0; i < GARDENS; i++) {
        must(pthread_join(gardens[i], NULL));
    }
    must(pthread_join(lorry_thread, NULL));

    check(tank.lowest == 0, "a garden drew water that was not there: the level was %d",
          tank.lowest);
    check(tank.highest <= TANK_LITRES, "the tank ran over: it held %d litres of at most %d",
          tank.highest, TANK_LITRES);
    check(tank.level == 0, "all water was drawn, and yet the level is %d", tank.level);
    tank_destroy(&tank);
    drive_done();
    return 0;
}
