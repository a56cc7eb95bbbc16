/*
 * Three sensors report to a station. One works until its end, and makes its second reading only when its
 * first one has arrived. Another one breaks, and the third is asked for no reading.
 */
#include <pthread.h>
#include <semaphore.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { WORKING = 0, BREAKING = 200, NEVER = 100 };

struct sensor {
    int first;    /* it reads first, first + 1, … */
    int readings; /* that it is asked for */
    int made;     /* so far; the sensor's alone */
    int breaks;   /* at this reading; set before the threads start */
};

static struct reports reports;
static sem_t first_arrived;
static struct sensor working = {.first = WORKING, .readings = 2, .breaks = NEVER};
static struct sensor breaking = {.first = BREAKING, .readings = 3};
static struct sensor idle = {.readings = 0};

static int read_sensor(void *context) {
    struct sensor *sensor = context;

    check(sensor->made <= sensor->breaks, "a sensor was read again after it had broken");
    check(sensor->made < sensor->readings, "a sensor was read more often than it was asked to");
    int reading = sensor->made++;
    if (reading == sensor->breaks) {
        return -1;
    }
    if (sensor == &working && reading == 1) {
        /* Stuck here? The first value has not come to the station while the sensor works on. */
        must_errno(sem_wait(&first_arrived));
    }
    return sensor->first + reading;
}

static void *run(void *context) {
    struct sensor *sensor = context;

    sensor_run(&reports, sensor->readings, read_sensor, sensor);
    return NULL;
}

int main(void) {
    pthread_t threads[3];
    int expected[2] = {WORKING, BREAKING}, value = -1;

    breaking.breaks = (int)drive_number(2);
    must_errno(sem_init(&first_arrived, 0, 0));
    reports_init(&reports, 3);
    must(pthread_create(&threads[0], NULL, run, &working));
    must(pthread_create(&threads[1], NULL, run, &breaking));
    must(pthread_create(&threads[2], NULL, run, &idle));

    /* Stuck here? The station waits for a sensor that has stopped. */
    while (reports_receive(&reports, &value)) {
        int *next = &expected[value >= BREAKING];
        check(value == *next, "the value %d came where %d should have come", value, *next);
        *next += 1;
        if (value == WORKING) {
            must_errno(sem_post(&first_arrived));
        }
    }
    int from_working = expected[0] - WORKING, from_breaking = expected[1] - BREAKING;
    check(from_working == working.readings,
          "the station stopped after %d of %d values of a sensor that works", from_working,
          working.readings);
    check(from_breaking == breaking.breaks,
          "the station received %d values of a sensor that sent %d", from_breaking,
          breaking.breaks);
    for (int i = 0; i < 3; i++) {
        must(pthread_join(threads[i], NULL));
    }
    check(reports.sensors == 0, "all sensors have stopped, but %d are said to send",
          reports.sensors);
    check(!reports_receive(&reports, &value), "there was another value after the last one");
    reports_destroy(&reports);
    must_errno(sem_destroy(&first_arrived));
    drive_done();
    return 0;
}
