/*
 * Two desks want more seats than there are, and ask how many are left.
 */
#include <pthread.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { DESKS = 2, BOOKINGS = 2, SEATS = 3 };

static struct hall hall;

/* What one desk does. Only its thread touches it until main has joined the thread. */
struct desk {
    pthread_t thread;
    int wanted; /* seats at a time */
    int first[BOOKINGS];
    int left; /* before the second booking */
};

static void *sell(void *argument) {
    struct desk *desk = argument;

    desk->first[0] = hall_book(&hall, desk->wanted);
    desk->left = hall_left(&hall);
    desk->first[1] = hall_book(&hall, desk->wanted);
    return NULL;
}

/* Counts the seats that a desk has sold in times_sold; returns how many. */
static int count_seats(const struct desk *desk, int times_sold[SEATS]) {
    int count = 0;

    for (int i = 0; i < BOOKINGS; i++) {
        int first = desk->first[i];
        if (first == -1) {
            continue; /* refused */
        }
        check(first >= 0 && first + desk->wanted <= SEATS,
              "seats %d to %d were sold, but the last of the hall is %d", first,
              first + desk->wanted - 1, SEATS - 1);
        for (int seat = first; seat < first + desk->wanted; seat++) {
            times_sold[seat]++;
        }
        count += desk->wanted;
    }
    return count;
}

int main(void) {
    struct desk desks[DESKS];
    int times_sold[SEATS] = {0};
    int sold = 0;

    hall_init(&hall, SEATS);
    for (int i = 0; i < DESKS; i++) {
        desks[i].wanted = i == 0 ? 1 : 1 + (int)drive_number(2);
        must(pthread_create(&desks[i].thread, NULL, sell, &desks[i]));
    }
    for (int i = 0; i < DESKS; i++) {
        must(pthread_join(desks[i].thread, NULL));
        sold += count_seats(&desks[i], times_sold);
    }

    int left = hall_left(&hall);
    for (int seat = 0; seat < SEATS; seat++) {
        check(times_sold[seat] <= 1, "seat %d was sold %d times", seat, times_sold[seat]);
    }
    check(sold + left == SEATS, "%d seats were sold and %d are left, but the hall has %d", sold,
          left, SEATS);
    for (int i = 0; i < DESKS; i++) {
        check(desks[i].left >= left && desks[i].left <= SEATS,
              "%d seats were left at a time, and %d in the end", desks[i].left, left);
        check(desks[i].first[1] != -1 || left < desks[i].wanted,
              "a desk was refused %d seats, but %d are left", desks[i].wanted, left);
    }
    hall_destroy(&hall);
    drive_done();
    return 0;
}
