#include "sums.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sums_open(struct sums *sums, size_t lessons) {
    *sums = (struct sums){.lessons = memory_zeroed(lessons, sizeof *sums->lessons),
                          .lesson_count = lessons};
}

void sums_close(struct sums *sums) {
    for (size_t i = 0; i < sums->lesson_count; i++)
        for (size_t k = 0; k < sums->lessons[i].spot_count; k++)
            free(sums->lessons[i].spots[k].function);
    free(sums->lessons);
    free(sums->files);
}

static void add_spot(struct lesson_sum *sum, const char *function, enum fault_kind kind) {
    for (size_t i = 0; i < sum->spot_count; i++)
        if (sum->spots[i].kind == kind && strcmp(sum->spots[i].function, function) == 0) {
            sum->spots[i].pairs++;
            return;
        }
    if (sum->spot_count < SPOTS_MOST)
        sum->spots[sum->spot_count++] =
            (struct spot){.function = losses_text(function, 100), .kind = kind, .pairs = 1};
}

// The first of its functions that is in the student's file.
static const char *function_of(const struct pair *pair, const struct loss *loss) {
    for (size_t i = 0; i < loss->fault->place_count; i++)
        if (losses_own_file(pair, loss->fault->places[i].file) && loss->fault->places[i].function)
            return loss->fault->places[i].function;
    return NULL;
}

static void add_faults(struct lesson_sum *sum, const struct pair *pair,
                       const struct losses *losses) {
    fault_set seen = 0;
    for (size_t i = 0; i < losses->count; i++) {
        const struct loss *loss = &losses->items[i];
        const char *function = function_of(pair, loss);
        if (seen & FAULT_BIT(loss->kind))
            continue;
        seen |= FAULT_BIT(loss->kind);
        sum->kinds[loss->kind]++;
        if (function && loss->kind != FAULT_COMPILE_ERROR)
            add_spot(sum, function, loss->kind);
    }
}

static void add_file(struct sums *sums, size_t lesson, const struct student *student,
                     const char *digest) {
    unsigned long long high, low;
    if (sscanf(digest, "%16llx%16llx", &high, &low) != 2)
        return;
    if (sums->file_count == sums->file_room) {
        sums->file_room = sums->file_room ? sums->file_room + sums->file_room / 2 : 256;
        sums->files = memory_resize(sums->files, sums->file_room, sizeof *sums->files);
    }
    sums->files[sums->file_count++] = (struct handed_in){
        .high = high, .low = low, .lesson = (uint32_t)lesson, .offset = student->offset};
}

void sums_pair(struct sums *sums, size_t lesson, const struct student *student,
               const struct pair *pair, const struct losses *losses) {
    struct lesson_sum *sum = &sums->lessons[lesson];
    const struct score *score = &pair->score;
    sum->marks[score->mark]++;
    sum->points += score->points;
    sum->of += score->of - score->open;
    sums->pairs += score->mark != MARK_MISSING;
    add_faults(sum, pair, losses);
    // The shipped file is the same for everybody.
    if (pair->submission && score->mark != MARK_UNCHANGED)
        add_file(sums, lesson, student, pair->submission);
}

void sums_student(struct sums *sums, const struct student *student) {
    sums->students++;
    sums->persons += student->person;
    sums->points += student->points;
    sums->of += student->of;
}

static int compare(uint64_t a, uint64_t b) {
    return a < b ? -1 : a > b;
}

static int by_content(const void *left, const void *right) {
    const struct handed_in *a = left, *b = right;
    int order = compare(a->lesson, b->lesson);
    order = order ? order : compare(a->high, b->high);
    order = order ? order : compare(a->low, b->low);
    return order ? order : compare((uint64_t)a->offset, (uint64_t)b->offset);
}

void sums_sort(struct sums *sums) {
    if (sums->file_count)
        qsort(sums->files, sums->file_count, sizeof *sums->files, by_content);
}

bool sums_same_file(const struct handed_in *a, const struct handed_in *b) {
    return a->lesson == b->lesson && a->high == b->high && a->low == b->low;
}
