#include "roll.h"

#include "record.h"
#include "store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_LARGEST = 1 << 20 }; // bytes of a line of the work list

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

const char *roll_text(const struct roll *roll, const char *key) {
    const char *value = text(roll->head, key);
    return value ? value : "";
}

bool roll_unsafe(const struct roll *roll) {
    return json_is_true(json_object_get(roll->head, "unsafe"));
}

char *roll_sandbox(const struct roll *roll) {
    const char *letter = roll_text(roll, "sandbox"), *says = roll_text(roll, "sandbox_says");
    return string_format("%sSandbox level %s%s%s",
                         roll_unsafe(roll)
                             ? "UNSAFE: students' code was run without a sandbox, so a "
                               "program could have changed any file of the grader's, "
                               "this one too. "
                             : "",
                         *letter ? letter : "unknown", *says ? ": " : "", says);
}

static char *bad_line(const struct roll *roll, const char *why) {
    return string_format("%s/worklist.jsonl:%zu: %s; run `interleave grade` on the folder again",
                         roll->out, roll->line, why);
}

// The next line as JSON; NULL at the end, or with a problem.
static json_t *read_line(struct roll *roll, char **problem) {
    char *bytes = NULL;
    size_t room = 0;
    roll->next_offset = ftell(roll->file);
    ssize_t length = getline(&bytes, &room, roll->file);
    if (length < 0) {
        if (ferror(roll->file))
            *problem = string_format("%s/worklist.jsonl: %s", roll->out, strerror(errno));
        free(bytes);
        return NULL;
    }
    roll->line++;
    json_t *json = length < LINE_LARGEST ? json_loadb(bytes, (size_t)length, 0, NULL) : NULL;
    free(bytes);
    if (!json)
        *problem = bad_line(roll, "is no JSON object");
    return json;
}

static const struct lesson *lesson_numbered(const struct course *course, json_int_t number) {
    for (size_t i = 0; i < course->count; i++)
        if (course->lessons[i].number == number)
            return &course->lessons[i];
    return NULL;
}

static char *read_head(struct roll *roll) {
    char *problem = NULL;
    const struct scheme *scheme = roll->scheme;
    roll->head = read_line(roll, &problem);
    if (problem)
        return problem;
    const json_t *lessons = json_object_get(roll->head, "lessons");
    if (!roll->head || json_integer_value(json_object_get(roll->head, "worklist")) != 1)
        return bad_line(roll, "is not the head of a work list of this version");
    size_t i;
    json_t *entry;
    roll->lessons = memory_zeroed(json_array_size(lessons) + 1, sizeof(const struct lesson *));
    json_array_foreach(lessons, i, entry) {
        json_int_t number = json_integer_value(json_object_get(entry, "lesson"));
        const struct lesson *lesson = lesson_numbered(roll->course, number);
        if (!lesson || number >= LESSON_NUMBERS)
            return bad_line(roll, "names a lesson that this course does not have");
        if (scheme_counts(scheme, entry))
            roll->lessons[roll->lesson_count++] = lesson;
    }
    return roll->lesson_count ? NULL : bad_line(roll, "has no lesson that counts");
}

char *roll_open(struct roll *roll, const char *out, const struct course *course,
                const struct scheme *scheme) {
    *roll = (struct roll){.out = out, .course = course, .scheme = scheme};
    char *path = string_format("%s/worklist.jsonl", out), *problem = NULL;
    roll->file = fopen(path, "re");
    if (!roll->file)
        problem = string_format("%s: %s; run `interleave grade` on the folder first", path,
                                strerror(errno));
    free(path);
    problem = problem ? problem : read_head(roll);
    if (!problem)
        roll->next = read_line(roll, &problem);
    return problem;
}

static void forget_student(struct roll *roll) {
    for (size_t i = 0; i < roll->line_count; i++)
        json_decref(roll->lines[i]);
    roll->line_count = 0;
    for (size_t i = 0; i < roll->student.count; i++)
        free(roll->student.pairs[i].source);
    free(roll->student.pairs);
    roll->student = (struct student){0};
}

void roll_close(struct roll *roll) {
    forget_student(roll);
    json_decref(roll->next);
    json_decref(roll->head);
    free(roll->lessons);
    if (roll->file)
        fclose(roll->file);
}

// Takes the lines of the student that the line read ahead belongs to.
static char *gather_lines(struct roll *roll) {
    char *problem = NULL;
    const char *id = text(roll->next, "id");
    if (!id || !text(roll->next, "student"))
        return bad_line(roll, "names no student");
    while (roll->next && !problem) {
        const char *next = text(roll->next, "id");
        if (next && strcmp(next, id) != 0)
            break;
        if (!next || roll->line_count == sizeof roll->lines / sizeof roll->lines[0])
            return bad_line(roll, "names no student, or one with too many lessons");
        roll->lines[roll->line_count++] = roll->next;
        roll->next = NULL; // owned by the list from here
        roll->next = read_line(roll, &problem);
    }
    return problem;
}

static json_t *line_of(const struct roll *roll, const struct lesson *lesson) {
    for (size_t i = 0; i < roll->line_count; i++)
        if (json_integer_value(json_object_get(roll->lines[i], "lesson")) == lesson->number)
            return roll->lines[i];
    return NULL;
}

static json_t *believe_record(const struct roll *roll, const char *key, char **problem) {
    json_t *record = record_read(roll->out, key);
    if (!record) {
        char *path = store_record(roll->out, key);
        *problem = string_format("%s: is missing or damaged; grade with --resume, and it is judged "
                                 "again",
                                 path);
        free(path);
    }
    return record;
}

static void count(struct student *student, const struct score *score) {
    student->points += score->points;
    student->of += score->of - score->open;
    student->open += score->open;
    student->person = student->person || score->person;
    student->unsafe = student->unsafe || score->unsafe;
    student->marks[score->mark]++;
    size_t length = strlen(student->sandboxes);
    if (score->sandbox && !strchr(student->sandboxes, score->sandbox) &&
        length + 1 < sizeof student->sandboxes)
        student->sandboxes[length] = score->sandbox;
}

static char *read_pair(struct roll *roll, size_t index, pair_reader *read, void *context) {
    struct student *student = &roll->student;
    struct pair *pair = &student->pairs[index];
    const json_t *line = line_of(roll, roll->lessons[index]);
    const char *key = text(line, "key");
    char *problem = NULL;
    *pair = (struct pair){.lesson = roll->lessons[index],
                          .file = text(line, "file"),
                          .submission = text(line, "submission"),
                          .trouble = text(line, "trouble"),
                          .also = json_object_get(line, "also")};
    if (pair->submission)
        pair->source = store_source(roll->out, pair->submission);
    json_t *record = key ? believe_record(roll, key, &problem) : NULL;
    pair->record = record;
    if (!problem) {
        char *wrong = score_pair(&pair->score, roll->scheme, pair->lesson, record, line != NULL);
        char *path = wrong ? store_record(roll->out, key ? key : "") : NULL;
        if (wrong)
            problem = string_format("%s: %s; remove it and grade with --resume", path, wrong);
        free(path);
        free(wrong);
    }
    if (!problem) {
        count(student, &pair->score);
        read(context, student, pair);
    }
    pair->record = NULL;
    json_decref(record);
    return problem;
}

const struct student *roll_next(struct roll *roll, pair_reader *read, void *context,
                                char **problem) {
    *problem = NULL;
    forget_student(roll);
    if (!roll->next)
        return NULL;
    struct student *student = &roll->student;
    long offset = roll->next_offset;
    *problem = gather_lines(roll);
    if (*problem)
        return NULL;
    *student = (struct student){.name = text(roll->lines[0], "student"),
                                .id = text(roll->lines[0], "id"),
                                .number = roll->students++,
                                .offset = offset,
                                .pairs = memory_zeroed(roll->lesson_count, sizeof *student->pairs),
                                .count = roll->lesson_count};
    for (size_t i = 0; i < roll->lesson_count && !*problem; i++)
        *problem = read_pair(roll, i, read, context);
    return *problem ? NULL : student;
}
