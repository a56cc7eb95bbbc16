// What can be said of the class as a whole, counted while its students pass by.
#ifndef INTERLEAVE_SUMS_H
#define INTERLEAVE_SUMS_H

#include "losses.h"

#include <stdint.h>

enum { SPOTS_MOST = 24 }; // of a lesson: functions of faults; what comes later has no room

struct spot {
    char *function;
    enum fault_kind kind;
    size_t pairs;
};

struct lesson_sum {
    size_t marks[MARKS], kinds[FAULT_KINDS]; // pairs
    hundredths points, of;
    struct spot spots[SPOTS_MOST];
    size_t spot_count;
};

// A file that was handed in: these bytes a pair are all that grows with the class.
struct handed_in {
    uint64_t high, low; // the digest
    uint32_t lesson;    // index
    long offset;        // of the student in the work list
};

struct sums {
    struct lesson_sum *lessons;
    size_t lesson_count, students, pairs, persons;
    hundredths points, of;
    struct handed_in *files;
    size_t file_count, file_room;
};

void sums_open(struct sums *sums, size_t lessons);
void sums_pair(struct sums *sums, size_t lesson, const struct student *student,
               const struct pair *pair, const struct losses *losses);
void sums_student(struct sums *sums, const struct student *student);
// Sorts the files, so that the same content of a lesson stands together.
void sums_sort(struct sums *sums);
bool sums_same_file(const struct handed_in *a, const struct handed_in *b);
void sums_close(struct sums *sums);

#endif
