#include "worklist.h"

#include "../digest.h"
#include "identity.h"
#include "store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *worklist_path(const char *out) {
    return string_format("%s/worklist.jsonl", out);
}

static void write_line(FILE *file, json_t *json) {
    json_dumpf(json, file, JSON_COMPACT);
    fputc('\n', file);
    json_decref(json);
}

static json_t *lessons_of(const struct intake *intake, const bool *asked) {
    json_t *lessons = json_array();
    for (size_t i = 0; i < intake->course->count; i++) {
        const struct lesson *lesson = &intake->course->lessons[i];
        if (lesson->exercise && intake_wants(intake, lesson))
            json_array_append_new(lessons,
                                  json_pack("{s:i, s:s, s:o, s:b}", "lesson", lesson->number,
                                            "slug", lesson->slug, "title",
                                            json_of_text(lesson->title), "counts", (int)asked[i]));
    }
    return lessons;
}

static json_t *private_of(const struct intake *intake, const struct terms *terms) {
    json_t *names = json_array();
    for (size_t i = 0; i < intake->course->count; i++) {
        struct strings drivers = {0};
        stamp_private(terms, &intake->course->lessons[i], &drivers);
        for (size_t k = 0; k < drivers.count; k++) {
            char *shown = identity_shown_path(drivers.items[k] + strlen(terms->private) + 1);
            json_array_append_new(names, json_string(shown));
            free(shown);
        }
        strings_free(&drivers);
    }
    return names;
}

// What is written of all.
struct writing {
    FILE *file;
    const struct intake *intake;
    char **stamps; // by the place of the lesson in the course
    bool *asked;   // likewise: the lesson counts
    struct known ids, names;
    char *id, *shown; // of the student at hand
};

static json_t *head_of(const struct writing *writing, const struct terms *terms,
                       const char *harness, const char *sandbox_says, size_t students,
                       size_t pairs) {
    const struct intake *intake = writing->intake;
    const bool *asked = writing->asked;
    json_t *seeds = json_array();
    for (size_t i = 0; i < terms->seed_count; i++)
        json_array_append_new(seeds, json_integer((json_int_t)terms->seeds[i]));
    char *folder = identity_shown_path(intake->folder);
    json_t *head =
        json_pack("{s:i, s:s, s:s, s:s, s:o, s:b, s:o, s:o, s:o, s:I, s:I}", "worklist", 1,
                  "folder", folder, "harness", harness, "sandbox", terms->sandbox, "sandbox_says",
                  json_of_text(sandbox_says), "unsafe", (int)terms->unsafe, "seeds", seeds,
                  "private", private_of(intake, terms), "lessons", lessons_of(intake, asked),
                  "students", (json_int_t)students, "pairs", (json_int_t)pairs);
    free(folder);
    return head;
}

// Who looks like another when shown is told from that one by the id.
static void begin_student(struct writing *writing, const struct found *found) {
    free(writing->id);
    free(writing->shown);
    writing->id = identity_id(&writing->ids, found->student);
    writing->shown = identity_shown(found->name);
    char *digest = digest_bytes(writing->shown, strlen(writing->shown));
    size_t before = writing->names.count;
    known_put(&writing->names, digest, 0);
    if (writing->names.count == before) {
        char *told =
            string_format("%.*s [%s]", (int)strlen(writing->shown), writing->shown, writing->id);
        free(writing->shown);
        writing->shown = told;
    }
    free(digest);
}

// The pair of the file at `first`, with `count` files of the same student and lesson.
static void write_pair(struct writing *writing, const struct found *first, size_t count) {
    char *path = identity_shown_path(first->path);
    json_t *line = json_pack("{s:s, s:s, s:i, s:s}", "student", writing->shown, "id", writing->id,
                             "lesson", first->lesson->number, "file", path);
    free(path);
    if (first->digest) {
        const char *stamp = writing->stamps[first->lesson - writing->intake->course->lessons];
        char *key = stamp_key(stamp, first->digest);
        json_object_set_new(line, "submission", json_string(first->digest));
        json_object_set_new(line, "key", json_string(key));
        free(key);
    } else {
        json_object_set_new(line, "trouble", json_of_text(first->trouble));
    }
    json_t *also = json_array();
    for (size_t i = 1; i < count; i++) {
        char *other = identity_shown_path(first[i].path);
        json_array_append_new(also, json_string(other));
        free(other);
    }
    if (count > 1)
        json_object_set(line, "also", also);
    json_decref(also);
    write_line(writing->file, line);
}

static size_t group(const struct intake *intake, size_t start) {
    size_t end = start + 1;
    while (end < intake->count && intake_same(&intake->items[start], &intake->items[end]))
        end++;
    return end - start;
}

static bool begins_student(const struct intake *intake, size_t i) {
    return i == 0 || strcmp(intake->items[i].student, intake->items[i - 1].student) != 0;
}

static bool *asked_for(const struct writing *writing, const struct found *found) {
    return &writing->asked[found->lesson - writing->intake->course->lessons];
}

// Which lessons count? Those that were named; if none was, those of which anybody has changed the file, since a
// student's repository has the files of all; and if nobody has changed any, those that were handed in.
static void find_asked(struct writing *writing) {
    const struct intake *intake = writing->intake;
    for (size_t i = 0; intake->only && i < intake->course->count; i++) {
        const struct lesson *lesson = &intake->course->lessons[i];
        writing->asked[i] = lesson->exercise && intake_wants(intake, lesson);
    }
    bool changed = false;
    for (size_t i = 0; i < intake->count; i++)
        changed = changed || !intake->items[i].as_shipped;
    for (size_t i = 0; !intake->only && i < intake->count; i++)
        if (!changed || !intake->items[i].as_shipped)
            *asked_for(writing, &intake->items[i]) = true;
}

static void write_all(struct writing *writing, const struct terms *terms, const char *harness,
                      const char *sandbox_says) {
    const struct intake *intake = writing->intake;
    size_t students = 0, pairs = 0;
    for (size_t i = 0; i < intake->count; i += group(intake, i)) {
        students += begins_student(intake, i);
        pairs++;
    }
    write_line(writing->file, head_of(writing, terms, harness, sandbox_says, students, pairs));
    for (size_t i = 0, size; i < intake->count; i += size) {
        size = group(intake, i);
        if (begins_student(intake, i))
            begin_student(writing, &intake->items[i]);
        write_pair(writing, &intake->items[i], size);
    }
}

char *worklist_write(const char *out, const struct intake *intake, const struct terms *terms,
                     const char *sandbox_says) {
    const struct course *course = intake->course;
    char *path = worklist_path(out), *temporary = string_format("%s.new", path);
    struct writing writing = {.file = fopen(temporary, "we"), .intake = intake};
    char *problem = NULL;
    writing.asked = memory_zeroed(course->count, sizeof *writing.asked);
    find_asked(&writing);
    if (writing.file) {
        char *harness = stamp_harness(terms->home);
        writing.stamps = memory_zeroed(course->count, sizeof *writing.stamps);
        for (size_t i = 0; i < course->count; i++)
            if (course->lessons[i].exercise)
                writing.stamps[i] = stamp_lesson(terms, harness, &course->lessons[i]);
        write_all(&writing, terms, harness, sandbox_says);
        for (size_t i = 0; i < course->count; i++)
            free(writing.stamps[i]);
        free(writing.stamps);
        free(harness);
    }
    bool ok = writing.file && !ferror(writing.file);
    if (writing.file && fclose(writing.file) != 0)
        ok = false;
    problem = ok ? store_settle(path) : store_problem(path, errno);
    free(writing.asked);
    free(writing.id);
    free(writing.shown);
    known_free(&writing.ids);
    known_free(&writing.names);
    free(temporary);
    free(path);
    return problem;
}

// Reading

static json_t *read_line(struct worklist *worklist) {
    ssize_t length = getline(&worklist->line, &worklist->room, worklist->file);
    return length > 0 ? json_loadb(worklist->line, (size_t)length, 0, NULL) : NULL;
}

char *worklist_open(struct worklist *worklist, const char *out) {
    char *path = worklist_path(out), *problem = NULL;
    *worklist = (struct worklist){.file = fopen(path, "re")};
    worklist->head = worklist->file ? read_line(worklist) : NULL;
    if (!worklist->file)
        problem =
            string_format("%s: %s; grade the folder of submissions first", path, strerror(errno));
    else if (json_integer_value(json_object_get(worklist->head, "worklist")) != 1)
        problem =
            string_format("%s: is no worklist of this version; grade again with --resume", path);
    if (problem)
        worklist_close(worklist);
    free(path);
    return problem;
}

json_t *worklist_next(struct worklist *worklist) {
    return read_line(worklist);
}

void worklist_close(struct worklist *worklist) {
    if (worklist->file)
        fclose(worklist->file);
    json_decref(worklist->head);
    free(worklist->line);
    *worklist = (struct worklist){0};
}
