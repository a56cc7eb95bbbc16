#include "lanes.h"

#include "../text.h"

#include <stdlib.h>
#include <string.h>

enum {
    NARROWEST = 18, // of a column, in characters
    WIDEST = 40,
    SOURCE_FROM = 120, // columns of a terminal on which the source has room beside the trace
    SOURCE_LEAST = 40,
    SOURCE_MOST = 90,
};

static int number_of(const char *name) {
    return *name == 'T' ? atoi(name + 1) : 0;
}

static int by_number(const void *a, const void *b) {
    const struct lane *left = a, *right = b;
    return number_of(left->name) - number_of(right->name);
}

static int by_weight(const void *a, const void *b, void *lanes) {
    const struct lane *items = ((const struct lanes *)lanes)->items,
                      *left = &items[*(const size_t *)a], *right = &items[*(const size_t *)b];
    if (left->at_fault != right->at_fault)
        return left->at_fault ? -1 : 1;
    if (left->steps != right->steps)
        return left->steps > right->steps ? -1 : 1;
    return by_number(left, right);
}

struct lane *lanes_named(const struct lanes *lanes, const char *name) {
    for (size_t i = 0; i < lanes->count; i++)
        if (strcmp(lanes->items[i].name, name) == 0)
            return &lanes->items[i];
    return NULL;
}

static struct lane *add(struct lanes *lanes, const char *name) {
    lanes->items = memory_resize(lanes->items, lanes->count + 1, sizeof *lanes->items);
    struct lane *lane = &lanes->items[lanes->count++];
    *lane = (struct lane){.name = string_copy(name), .state = number_of(name) ? UNBORN : RUNS};
    return lane;
}

static void find(struct lanes *lanes, const json_t *trace, const bool *shown) {
    size_t i;
    json_t *step;
    json_array_foreach(trace, i, step) {
        const char *name = json_string_value(json_object_get(step, "thread"));
        struct lane *lane = lanes_named(lanes, name);
        if (!lane && !shown[i])
            continue;
        lane = lane ? lane : add(lanes, name);
        lane->steps++;
        lane->at_fault = lane->at_fault || json_is_true(json_object_get(step, "fault"));
    }
    if (lanes->count)
        qsort(lanes->items, lanes->count, sizeof *lanes->items, by_number);
}

// So many threads get a column of their own: those of the fault, then those that do most.
static void give_columns(struct lanes *lanes, size_t own) {
    size_t *order = memory_zeroed(lanes->count + 1, sizeof *order);
    for (size_t i = 0; i < lanes->count; i++)
        order[i] = i;
    qsort_r(order, lanes->count, sizeof *order, by_weight, lanes);
    for (size_t i = 0; i < own; i++)
        lanes->items[order[i]].own = true;
    free(order);
    size_t column = 0;
    for (size_t i = 0; i < lanes->count; i++)
        lanes->items[i].column = lanes->items[i].own ? column++ : own;
}

// The threads first; but where they share a column anyway, the source has room as well.
static int room_for_source(const struct lanes *lanes, int width) {
    int most = width * 2 / 5, threads = LANES_MARGIN + (int)lanes->count * NARROWEST;
    if (width < SOURCE_FROM)
        return 0;
    if (most > SOURCE_MOST)
        most = SOURCE_MOST;
    if (width - most >= threads || width < threads)
        return most;
    return width - threads >= SOURCE_LEAST ? width - threads : 0;
}

void lanes_find(struct lanes *lanes, const json_t *trace, const bool *shown, int width) {
    *lanes = (struct lanes){0};
    find(lanes, trace, shown);
    int source = room_for_source(lanes, width), room = width - LANES_MARGIN - source;
    size_t fit = (size_t)(room / NARROWEST);
    lanes->shared = lanes->count > fit;
    size_t own = !lanes->shared ? lanes->count : fit > 1 ? fit - 1 : 0;
    give_columns(lanes, own);
    lanes->columns = own + lanes->shared;
    lanes->width = lanes->columns ? room / (int)lanes->columns : room;
    if (lanes->width > WIDEST && lanes->count > 1 && own)
        lanes->width = WIDEST;
    lanes->source_at = source ? width - source : 0;
}

void lanes_free(struct lanes *lanes) {
    for (size_t i = 0; i < lanes->count; i++)
        free(lanes->items[i].name);
    free(lanes->items);
}

char *lanes_shared(const struct lanes *lanes) {
    struct text names = {0};
    for (size_t i = 0; i < lanes->count; i++) {
        size_t end = i;
        while (end < lanes->count && !lanes->items[end].own &&
               number_of(lanes->items[end].name) ==
                   number_of(lanes->items[i].name) + (int)(end - i))
            end++;
        bool many = end - i > 2 && i; // main is no T0
        if (end > i)
            text_add(&names, "%s%s", names.length ? ", " : "", lanes->items[i].name);
        if (many)
            text_add(&names, " to %s", lanes->items[end - 1].name);
        i = many ? end - 1 : i;
    }
    return text_take(&names);
}
