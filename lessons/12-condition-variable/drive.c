/*
 * A lorry brings water to a tank, in two loads that fill it; two gardens draw from it. One draws half a
 * tank at a time, the other one all of it. Between them they draw what was brought.
 *
 * Then two threads wait, one for half a tank, the other one for all of it, and half of it comes.
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

/* Pours in so many litres; less than 0: draws them. */
static void *change(void *argument) {
    int litres = *(int *)argument;

    if (litres > 0) {
        tank_fill(&tank, litres);
    } else {
        tank_draw(&tank, -litres);
    }
    return NULL;
}

/* What comes is there for who can go on with it; who needs more takes nothing until all is there. */
static void drive_halves(int half) {
    pthread_t needs_half, needs_all;
    int other_half = -half, all = -2 * half;

    must(pthread_create(&needs_all, NULL, change, &all));
    must(pthread_create(&needs_half, NULL, change, &other_half));
    change(&half);
    must(pthread_join(needs_half, NULL)); /* stuck here? It was not told, or could not go on */
    change(&half);
    change(&half);
    must(pthread_join(needs_all, NULL));
}

/* While nobody uses the tank. */
static void look(int level) {
    check(tank.lowest == 0, "a garden drew water that was not there: the level was %d",
          tank.lowest);
    check(tank.highest <= TANK_LITRES, "the tank ran over: it held %d litres of at most %d",
          tank.highest, TANK_LITRES);
    check(tank.level == level, "by what was poured in and drawn the level should be %d; it is %d",
          level, tank.level);
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
    look(0);

    drive_halves(TANK_LITRES / 2); /* two gardens wait for water */
    tank_fill(&tank, TANK_LITRES);
    drive_halves(-TANK_LITRES / 2); /* two lorries wait for room */
    look(TANK_LITRES);
    tank_destroy(&tank);
    drive_done();
    return 0;
}
