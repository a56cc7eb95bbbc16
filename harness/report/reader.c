#include "reader.h"

#include <string.h>

bool reader_is_first(const struct faults *faults, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (fault_alike(&faults->items[i], &faults->items[index]))
            return false;
    return true;
}

char *reader_joined(struct strings *names) {
    struct text text = {0};
    for (size_t i = 0; i < names->count; i++)
        text_add(&text, "%s%s",
                 i == 0                  ? ""
                 : i + 1 == names->count ? " and "
                                         : ", ",
                 names->items[i]);
    strings_free(names);
    return text_take(&text);
}

char *reader_seen_by(const struct faults *faults, size_t index) {
    struct strings names = {0};
    for (size_t i = index; i < faults->count; i++)
        if (fault_alike(&faults->items[i], &faults->items[index]) &&
            !strings_has(&names, faults->items[i].engine))
            strings_add(&names, faults->items[i].engine);
    return reader_joined(&names);
}

const struct fault *reader_traced(const struct faults *faults, size_t index) {
    for (size_t i = index; i < faults->count; i++)
        if (faults->items[i].exploration && fault_alike(&faults->items[i], &faults->items[index]))
            return &faults->items[i];
    return NULL;
}

bool reader_shows_place(const struct fault *fault, size_t index) {
    const struct place *place = &fault->places[index];
    for (size_t i = 0; i < index; i++) {
        const struct place *other = &fault->places[i];
        if (place->line == other->line && place->file && other->file &&
            strcmp(place->file, other->file) == 0 && place->thread && other->thread &&
            strcmp(place->thread, other->thread) == 0)
            return false;
    }
    return place->file;
}

char *reader_place_says(const struct place *place) {
    const char *thread = place->thread ? place->thread : "";
    const char *function =
        place->function && strcmp(place->function, thread) != 0 ? place->function : "";
    return string_format("%s%s%s%s%s", thread, *thread && *function ? " in " : "", function,
                         place->action && (*thread || *function) ? ": " : "",
                         place->action ? place->action : "");
}
