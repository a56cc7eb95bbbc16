#include "absent.h"

#include "identity.h"

#include <stdlib.h>
#include <string.h>

struct absent {
    char *whose, *path, *why;
    size_t order;
    bool loose;
};

void absent_note(struct intake *intake, const char *whose, const char *path, const char *why,
                 bool loose) {
    size_t count = intake->absent_count;
    if ((count & (count - 1)) == 0) // room for twice as many
        intake->absent =
            memory_resize(intake->absent, count ? 2 * count : 1, sizeof *intake->absent);
    intake->absent[intake->absent_count++] = (struct absent){.whose = string_copy(whose),
                                                             .path = string_copy(path),
                                                             .why = string_copy(why),
                                                             .order = count,
                                                             .loose = loose};
}

static int by_student(const void *a, const void *b) {
    const struct absent *left = a, *right = b;
    int order = strcmp(left->whose, right->whose);
    return order ? order : (left->order > right->order) - (left->order < right->order);
}

static int compare_found(const void *whose, const void *found) {
    return strcmp(whose, ((const struct found *)found)->student);
}

static bool is_found(const struct intake *intake, const char *whose) {
    return intake->count &&
           bsearch(whose, intake->items, intake->count, sizeof *intake->items, compare_found);
}

void absent_write(struct intake *intake, const char *own) {
    bool own_found = is_found(intake, own);
    if (intake->absent_count)
        qsort(intake->absent, intake->absent_count, sizeof *intake->absent, by_student);
    for (size_t i = 0, next; i < intake->absent_count; i = next) {
        const struct absent *absent = &intake->absent[i];
        for (next = i + 1; next < intake->absent_count; next++)
            if (strcmp(intake->absent[next].whose, absent->whose) != 0)
                break;
        if (is_found(intake, absent->whose) || (absent->loose && own_found))
            continue;
        char *student = identity_shown(absent->whose), *path = identity_shown_path(absent->path);
        json_t *json =
            json_pack("{s:s, s:s, s:s}", "student", student, "path", path, "why", absent->why);
        json_dumpf(json, intake->unrecognised, JSON_COMPACT);
        fputc('\n', intake->unrecognised);
        intake->unrecognised_count++;
        json_decref(json);
        free(student);
        free(path);
    }
}

void absent_free(struct intake *intake) {
    for (size_t i = 0; i < intake->absent_count; i++) {
        free(intake->absent[i].whose);
        free(intake->absent[i].path);
        free(intake->absent[i].why);
    }
    free(intake->absent);
    intake->absent = NULL;
    intake->absent_count = 0;
}

void absent_read(const char *out, absent_reader *read, void *context) {
    char *path = string_format("%s/unrecognised.jsonl", out), *line = NULL;
    FILE *file = fopen(path, "re");
    size_t room = 0;
    while (file && getline(&line, &room, file) > 0) {
        json_t *json = json_loads(line, 0, NULL);
        const char *student = json_string_value(json_object_get(json, "student"));
        const char *path_of = json_string_value(json_object_get(json, "path"));
        const char *why = json_string_value(json_object_get(json, "why"));
        read(context, student, path_of ? path_of : "?", why ? why : "?");
        json_decref(json);
    }
    if (file)
        fclose(file);
    free(line);
    free(path);
}
