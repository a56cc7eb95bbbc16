#include "manifest.h"

#include "engines/engine.h"
#include "manifest_key.h"
#include "markers.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reader {
    struct lesson *lesson;
    const char *path;
    char *problem; // the first one
    int problem_line;
    int line; // last read
    FILE *file;
};

static void complain(struct reader *reader, int line, char *sentence) {
    if (!reader->problem) {
        reader->problem = string_format("%s:%d: %s", reader->path, line, sentence);
        reader->problem_line = line;
    }
    free(sentence);
}

static const char exercise_section[] = "exercise.c";

static struct program *program_of(struct lesson *lesson, const char *section) {
    for (size_t i = 0; i < lesson->program_count; i++)
        if (strcmp(strrchr(lesson->programs[i].name, '/') + 1, section) == 0)
            return &lesson->programs[i];
    return strcmp(section, exercise_section) == 0 ? lesson->exercise : NULL;
}

// The exercise is linked with the driver, and sees the header that is their contract.
static struct program *add_exercise(struct lesson *lesson, const char *source) {
    lesson->exercise = memory_zeroed(1, sizeof *lesson->exercise);
    lesson->exercise->exercise = true;
    strings_add(&lesson->exercise->sources, source);
    strings_addf(&lesson->exercise->sources, "%s/drive.c", lesson->directory);
    strings_addf(&lesson->exercise->cflags, "-I%s", lesson->directory);
    lesson->exercise->contract = string_copy(lesson->directory);
    return lesson->exercise;
}

static struct program *add_program(struct reader *reader, const char *section, int line) {
    struct lesson *lesson = reader->lesson;
    char *path = string_format("%s/%s", lesson->directory, section);
    bool is_exercise = strcmp(section, exercise_section) == 0, found = access(path, R_OK) == 0;
    // A student's file that is gone is no fault of the course: `reset` brings it back.
    found = found || (is_exercise && errno == ENOENT);
    if (!string_ends(section, ".c") || strchr(section, '/') || !found) {
        complain(reader, line,
                 string_format("[%s] names no C file of this lesson; write it, or correct the "
                               "section's name",
                               section));
        free(path);
        return NULL;
    }
    struct program *program;
    if (is_exercise) {
        program = add_exercise(lesson, path);
    } else {
        lesson->programs =
            memory_resize(lesson->programs, lesson->program_count + 1, sizeof *lesson->programs);
        program = &lesson->programs[lesson->program_count++];
        *program = (struct program){0};
        strings_add(&program->sources, path);
    }
    program->name = string_format("%s/%s", lesson->slug, section);
    program->seconds = 10;
    program->lesson = lesson;
    free(path);
    return program;
}

static char *read_lesson_key(struct lesson *lesson, const char *key, const char *value) {
    const struct {
        const char *name;
        char **target;
    } keys[] = {{"title", &lesson->title},     {"part", &lesson->part},
                {"summary", &lesson->summary}, {"hint1", &lesson->hints[0]},
                {"hint2", &lesson->hints[1]},  {"hint3", &lesson->hints[2]}};
    if (!*value || strcmp(value, "TODO") == 0)
        return string_format("`%s` is still to be filled in", key);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strcmp(key, keys[i].name) == 0) {
            manifest_continue(keys[i].target, value);
            return NULL;
        }
    return string_format("unknown key `%s`; known are title, part, summary, hint1, hint2, hint3",
                         key);
}

// inih calls this for every key, right after it has read the line. A value that goes on in an indented
// line comes as a second value of the same key.
static int read_key(void *context, const char *section, const char *key, const char *value) {
    struct reader *reader = context;
    int line = reader->line;
    const struct manifest_line at = {reader->lesson, reader->path, line};
    char *sentence = NULL;
    if (!*section)
        sentence = string_format("`%s` stands before the first [section]", key);
    else if (strcmp(section, "lesson") == 0)
        sentence = read_lesson_key(reader->lesson, key, value ? value : "");
    else if (strcmp(section, "drive") == 0)
        sentence = manifest_drive_key(reader->lesson, line, key, value ? value : "");
    else {
        struct program *program = program_of(reader->lesson, section);
        program = program ? program : add_program(reader, section, line);
        if (program && strcmp(value ? value : "", "TODO") == 0)
            sentence = string_format("`%s` is still to be filled in", key);
        else if (program)
            sentence = manifest_key(&at, program, key, value ? value : "");
    }
    if (sentence)
        complain(reader, line, sentence);
    return 1;
}

// What the compiler rejects is never run.
static char *check_rejected(const struct reader *reader, const struct program *program) {
    const struct expectation *expected = &program->expectation;
    const char *section = strrchr(program->name, '/') + 1;
    if (expected->kinds & ~(FAULT_BIT(FAULT_THREAD_SAFETY) | FAULT_BIT(FAULT_COMPILE_ERROR)))
        return string_format(
            "%s: [%s] names a fault that the compiler cannot see; it sees %s and %s", reader->path,
            section, fault_words[FAULT_THREAD_SAFETY].name, fault_words[FAULT_COMPILE_ERROR].name);
    for (size_t i = 0; i < engine_count; i++)
        if (expected->sight[i] != SIGHT_UNSTATED)
            return string_format("%s: [%s] says what %s sees, but the compiler must reject the "
                                 "program, and then no engine can run it",
                                 reader->path, section, engines[i].name);
    return NULL;
}

// What only the whole file can tell.
static void check_program(struct reader *reader, struct program *program) {
    struct expectation *expected = &program->expectation;
    // An exercise is the student's to write: what its comments say must not stop the whole course.
    char *problem = program->exercise ? NULL : markers_read(program);
    if (!problem && !expected->kinds && expected->marker_count)
        problem = string_format("%s:%d: a fault marker, but %s names no fault for %s",
                                expected->markers[0].file, expected->markers[0].line, reader->path,
                                program->name);
    if (!problem && expected->kinds && !expected->marker_count && !program->exercise &&
        expected->kinds < FAULT_BIT(FAULT_WRONG_OUTPUT))
        problem = string_format("%s: no line is marked; end the faulty line in /* fault: %s */",
                                program->sources.items[0], "KIND");
    for (size_t i = 0; !problem && i < expected->marker_count; i++) {
        const struct marker *marker = &expected->markers[i];
        char *says = fault_set_names(marker->kinds), *wanted = fault_set_names(expected->kinds);
        if (expected->kinds && marker->kinds & ~expected->kinds)
            problem = string_format("%s:%d: the marker says %s, but %s says %s", marker->file,
                                    marker->line, says, expected->kinds_from, wanted);
        free(says);
        free(wanted);
    }
    if (!problem && expected->compiler && expected->kinds)
        problem = check_rejected(reader, program);
    for (size_t i = 0; !problem && expected->kinds && i < engine_count; i++)
        if (expected->sight[i] == SIGHT_UNSTATED && !expected->compiler)
            problem = string_format(
                "%s: [%s] does not say what %s sees; add it to must-see or may-see, or write "
                "blind.%s = REASON",
                reader->path, strrchr(program->name, '/') + 1, engines[i].name, engines[i].name);
    if (!expected->kinds)
        for (size_t i = 0; i < engine_count; i++)
            if (!problem && (expected->compiler || (expected->sight[i] != SIGHT_UNSTATED &&
                                                    expected->sight[i] != SIGHT_BEYOND)))
                problem = string_format("%s: [%s] says what an engine sees, but names no fault",
                                        reader->path, strrchr(program->name, '/') + 1);
    if (problem && !reader->problem)
        reader->problem = problem;
    else
        free(problem);
}

// What is wrong with the challenge, if there is one.
static const char *mistake_of(struct lesson *lesson) {
    const struct challenge *challenge = &lesson->challenge;
    const fault_set output = FAULT_BIT(FAULT_WRONG_OUTPUT);
    if (challenge->none && (challenge->goal || challenge->kinds || challenge->in))
        return "says why there is none, and names one; leave one out";
    if (!challenge->none && (!challenge->goal || !challenge->kinds))
        return "needs `goal` and `fault`, or `none` with the reason";
    if (challenge->kinds & output && !program_of(lesson, "correct.c")->expected_output)
        return "wants `wrong-output`, but [correct.c] does not say what is right; add `output`";
    char *broken = file_read(program_of(lesson, "broken.c")->sources.items[0], NULL);
    char *call = string_format("%s(", challenge->in ? challenge->in : "");
    bool there = !challenge->in || (broken && strstr(broken, call));
    free(call);
    free(broken);
    return there ? NULL : "names a function in `in` that broken.c does not have";
}

static char *check_challenge(struct lesson *lesson, const char *path) {
    const char *mistake = lesson->challenge.line ? mistake_of(lesson) : NULL;
    return mistake ? string_format("%s:%d: [drive] %s", path, lesson->challenge.line, mistake)
                   : NULL;
}

static void copy_strings(struct strings *to, const struct strings *from, size_t start) {
    for (size_t i = start; i < from->count; i++)
        strings_add(to, from->items[i]);
}

// The reference: the same as the exercise but for the student's file, and correct.
static char *make_solution(struct lesson *lesson, const char *path) {
    const struct program *exercise = lesson->exercise;
    struct program *solution = lesson->solution = memory_zeroed(1, sizeof *solution);
    *solution = *exercise;
    solution->name = string_format("%s/solution", lesson->slug);
    solution->sources = solution->cflags = solution->libs = solution->arguments = solution->calls =
        (struct strings){0};
    solution->contract = string_copy(exercise->contract);
    solution->expectation = (struct expectation){0};
    solution->input = solution->expected_output = NULL;
    for (size_t i = 0; i < engine_count; i++)
        if (exercise->expectation.sight[i] == SIGHT_BEYOND) {
            solution->expectation.sight[i] = SIGHT_BEYOND;
            solution->expectation.reason[i] = string_copy(exercise->expectation.reason[i]);
        }
    strings_addf(&solution->sources, "%s/../../solutions/%s/exercise.c", lesson->directory,
                 lesson->slug);
    copy_strings(&solution->sources, &exercise->sources, 1);
    copy_strings(&solution->cflags, &exercise->cflags, 0);
    copy_strings(&solution->libs, &exercise->libs, 0);
    copy_strings(&solution->arguments, &exercise->arguments, 0);
    copy_strings(&solution->calls, &exercise->calls, 0);
    const char *file = solution->sources.items[0];
    if (!exercise->expectation.kinds)
        return string_format("%s: [exercise.c] names no fault; an exercise is there to be repaired",
                             path);
    if (access(exercise->sources.items[1], R_OK) != 0)
        return string_format("%s: %s; the exercise needs its driver", exercise->sources.items[1],
                             strerror(errno));
    return access(file, R_OK) == 0
               ? NULL
               : string_format("%s: %s; the exercise needs its reference solution", file,
                               strerror(errno));
}

// Debian's inih does not say which line it is at, so the lines are counted where they are read.
static char *next_line(char *buffer, int size, void *context) {
    struct reader *reader = context;
    if (!fgets(buffer, size, reader->file))
        return NULL;
    reader->line++;
    if (!strchr(buffer, '\n') && !feof(reader->file)) {
        complain(reader, reader->line,
                 string_format("the line is longer than %d characters; go on in an indented line",
                               size - 2));
        int c;
        while ((c = fgetc(reader->file)) != EOF && c != '\n')
            ;
    }
    return buffer;
}

bool manifest_read(struct lesson *lesson, char **problem) {
    char *path = string_format("%s/lesson.ini", lesson->directory);
    struct reader reader = {.lesson = lesson, .path = path};
    reader.file = fopen(path, "re");
    int result = reader.file ? ini_parse_stream(next_line, &reader, read_key, &reader) : -1;
    if (reader.file && ferror(reader.file))
        result = -1;
    if (result < 0)
        reader.problem = string_format("%s: %s; a lesson needs one", path, strerror(errno));
    else if (result > 0 && (!reader.problem || result <= reader.problem_line)) {
        free(reader.problem);
        reader.problem = string_format("%s:%d: neither `key = value` nor [section]", path, result);
    }
    if (!reader.problem && (!lesson->title || !lesson->part || !lesson->summary))
        reader.problem = string_format("%s: [lesson] needs title, part and summary", path);
    for (const char *const *pair = (const char *const[]){"correct.c", "broken.c", NULL}; *pair;
         pair++)
        if (!reader.problem && !program_of(lesson, *pair))
            reader.problem =
                string_format("%s: no [%s]; a lesson is a pair of programs", path, *pair);
    for (size_t i = 0; i < lesson->program_count; i++)
        check_program(&reader, &lesson->programs[i]);
    if (!reader.problem)
        reader.problem = check_challenge(lesson, path);
    if (lesson->exercise) {
        check_program(&reader, lesson->exercise);
        char *wrong = make_solution(lesson, path);
        if (reader.problem)
            free(wrong);
        else
            reader.problem = wrong;
    }
    if (reader.file)
        fclose(reader.file);
    free(path);
    *problem = reader.problem;
    return reader.problem == NULL;
}
