#include "spots.h"

#include "excerpt.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHOWN_SPOTS = 12,
    CONTEXT = 2, // lines of the source above and below
};

struct spot {
    const struct place *place;
    bool before; // it only led there
};

static bool is_known(const struct spot *spots, size_t count, const struct place *place) {
    for (size_t i = 0; i < count; i++) {
        const struct place *other = spots[i].place;
        if (other->line == place->line && file_same(other->file, place->file) &&
            strcmp(other->thread ? other->thread : "", place->thread ? place->thread : "") == 0 &&
            strcmp(other->action ? other->action : "", place->action ? place->action : "") == 0)
            return true;
    }
    return false;
}

static size_t collect(struct spot spots[SHOWN_SPOTS], const struct fault *fault) {
    size_t count = 0;
    for (size_t i = 0; i < fault->place_count + fault->before_count; i++) {
        bool before = i >= fault->place_count;
        const struct place *place =
            before ? &fault->before[i - fault->place_count] : &fault->places[i];
        if (place->file && place->line > 0 && count < SHOWN_SPOTS && !is_known(spots, count, place))
            spots[count++] = (struct spot){place, before};
    }
    return count;
}

static int by_line(const void *a, const void *b) {
    const struct spot *left = a, *right = b;
    int lines = left->place->line - right->place->line;
    return lines ? lines : left->before - right->before;
}

static void write_spot(const struct painter *painter, const struct place *place) {
    const char *thread = place->thread ? place->thread : "";
    const char *function =
        place->function && strcmp(place->function, thread) != 0 ? place->function : "";
    struct text words = {0};
    text_add(&words, "%s%s%s%s%s", thread, *thread && *function ? " in " : "", function,
             place->action && (*thread || *function) ? ": " : "",
             place->action ? place->action : "");
    painted(painter, DIM, "       | ");
    wrapped_text(painter, words.length ? words.data : "here", 11, 9);
    text_free(&words);
}

// The spots of one file, in the order of its lines, with the lines around them; each line once.
static void write_file(const struct painter *painter, const struct spot *spots, size_t count) {
    char *path = report_path(spots[0].place->file);
    struct text printable = {0};
    text_add_line(&printable, path);
    painted(painter, CYAN, "  %s\n", printable.data);
    text_free(&printable);
    free(path);
    int done = 0; // the last line that is written
    for (size_t i = 0; i < count;) {
        const char *file = spots[i].place->file;
        int line = spots[i].place->line;
        int from = line - CONTEXT > done ? line - CONTEXT : done + 1;
        if (done && from > done + 1)
            painted(painter, DIM, "       …\n");
        for (int number = from > 0 ? from : 1; number < line; number++)
            excerpt_line(painter, file, number);
        if (!excerpt_write(painter, file, line, spots[i].before ? YELLOW : RED))
            painted(painter, DIM, "%6d | (this line is not there any more)\n", line);
        while (i < count && spots[i].place->line == line)
            write_spot(painter, spots[i++].place);
        int next = i < count ? spots[i].place->line : line + CONTEXT + 1;
        for (done = line; done < line + CONTEXT && done + 1 < next; done++)
            if (!excerpt_line(painter, file, done + 1))
                break;
    }
}

void spots_write(const struct painter *painter, const struct fault *fault) {
    struct spot spots[SHOWN_SPOTS], of_file[SHOWN_SPOTS];
    size_t count = collect(spots, fault);
    bool written[SHOWN_SPOTS] = {false};
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        for (size_t k = i; k < count; k++)
            if (!written[k] && file_same(spots[i].place->file, spots[k].place->file)) {
                of_file[found++] = spots[k];
                written[k] = true;
            }
        if (!found)
            continue;
        qsort(of_file, found, sizeof of_file[0], by_line);
        fputc('\n', painter->out);
        write_file(painter, of_file, found);
    }
}
