#include "course.h"

#include "engines/engine.h"
#include "markers.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <ini.h>
#include <limits.h>
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
    return lesson->exercise;
}

static struct program *add_program(struct reader *reader, const char *section, int line) {
    struct lesson *lesson = reader->lesson;
    char *path = string_format("%s/%s", lesson->directory, section);
    if (!string_ends(section, ".c") || strchr(section, '/') || access(path, R_OK) != 0) {
        complain(reader, line,
                 string_format("[%s] names no C file of this lesson; write it, or correct the "
                               "section's name",
                               section));
        free(path);
        return NULL;
    }
    struct program *program;
    if (strcmp(section, exercise_section) == 0) {
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

// Keys

typedef char *(*key_reader)(struct reader *reader, struct program *program, const char *value);

static char *read_kinds(struct reader *reader, struct program *program, const char *value) {
    char *unknown = NULL;
    if (!fault_set_parse(value, &program->expectation.kinds, &unknown)) {
        char *sentence =
            string_format("`%s` is not a kind of fault; CONTRIBUTING.md lists them", unknown);
        free(unknown);
        return sentence;
    }
    free(program->expectation.kinds_from);
    program->expectation.kinds_from = string_format("%s:%d", reader->path, reader->line);
    return program->expectation.kinds ? NULL : string_copy("names no kind of fault");
}

static const char by_compiler[] = "compiler";

static char *set_sight(struct program *program, const char *value, enum sight sight) {
    struct strings names = {0};
    char *sentence = NULL;
    strings_add_list(&names, value);
    for (size_t i = 0; i < names.count && !sentence; i++) {
        const struct engine *engine = engine_named(names.items[i]);
        if (!engine)
            sentence = string_format("`%s` is not an engine; `interleave doctor` lists them",
                                     names.items[i]);
        else if (program->expectation.sight[engine - engines] != SIGHT_UNSTATED)
            sentence = string_format("says twice what %s sees", names.items[i]);
        else
            program->expectation.sight[engine - engines] = sight;
    }
    strings_free(&names);
    return sentence;
}

static char *read_must(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    program->expectation.compiler = strcmp(value, by_compiler) == 0;
    return program->expectation.compiler ? NULL : set_sight(program, value, SIGHT_MUST);
}

static char *read_may(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    return set_sight(program, value, SIGHT_MAY);
}

static char *read_output(struct reader *reader, struct program *program, const char *value) {
    char *path = string_format("%s/%s", reader->lesson->directory, value);
    program->expected_output = file_read(path, &program->expected_length);
    char *sentence =
        program->expected_output
            ? NULL
            : string_format("%s: %s; write what the program prints into it", path, strerror(errno));
    free(path);
    return sentence;
}

static char *read_order(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    program->any_order = strcmp(value, "any") == 0;
    return program->any_order || strcmp(value, "exact") == 0
               ? NULL
               : string_copy("order is `exact` or `any`");
}

static char *read_memory(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    char *end;
    unsigned long long number = strtoull(value, &end, 10);
    unsigned shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
    bool ok = end != value && number > 0 && number < 1 << 20 && strlen(end) == (shift ? 1u : 0u);
    program->heap_ceiling = (uint64_t)number << shift;
    return ok ? NULL : string_copy("memory is a number of bytes with K, M or G, such as 32M");
}

static char *read_count(const char *value, unsigned *count) {
    char *end;
    unsigned long number = strtoul(value, &end, 10);
    *count = (unsigned)number;
    return *end || end == value || number == 0 || number > 1000
               ? string_copy("wants a number from 1 to 1000")
               : NULL;
}

static char *read_threads(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    return read_count(value, &program->threads);
}

static char *read_runs(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    return read_count(value, &program->runs);
}

static char *read_tries(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    return read_count(value, &program->tries);
}

static char *read_seconds(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    unsigned count = 0;
    char *sentence = read_count(value, &count);
    program->seconds = count;
    return sentence;
}

static char *read_budget(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    unsigned count = 0;
    char *sentence = read_count(value, &count);
    program->exploration.budget = count;
    return sentence;
}

// Further files of the program, given relative to the lesson. Their paths are made real, so that reports
// name them without the way round by the lesson's directory.
static char *read_sources(struct reader *reader, struct program *program, const char *value) {
    struct strings names = {0};
    char *sentence = NULL;
    strings_add_words(&names, value);
    for (size_t i = 0; i < names.count && !sentence; i++) {
        char *path = string_format("%s/%s", reader->lesson->directory, names.items[i]);
        char real[PATH_MAX];
        if (!string_ends(path, ".c"))
            sentence = string_format("%s is no C file; sources are linked with the program", path);
        else if (!realpath(path, real) || access(real, R_OK) != 0)
            sentence = string_format("%s: %s; sources are relative to the lesson's directory", path,
                                     strerror(errno));
        else
            strings_add(&program->sources, real);
        free(path);
    }
    strings_free(&names);
    return sentence;
}

// A word that names a file or a directory of the lesson stands for its path.
static char *read_arguments(struct reader *reader, struct program *program, const char *value) {
    struct strings words = {0};
    strings_add_words(&words, value);
    for (size_t i = 0; i < words.count; i++) {
        char *path = string_format("%s/%s", reader->lesson->directory, words.items[i]);
        strings_add(&program->arguments, access(path, F_OK) == 0 ? path : words.items[i]);
        free(path);
    }
    strings_free(&words);
    return NULL;
}

static char *read_cflags(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    strings_add_words(&program->cflags, value);
    return NULL;
}

static char *read_libs(struct reader *reader, struct program *program, const char *value) {
    (void)reader;
    strings_add_words(&program->libs, value);
    return NULL;
}

static const struct {
    const char *name;
    key_reader read;
} program_keys[] = {
    {"fault", read_kinds},     {"must-see", read_must},       {"may-see", read_may},
    {"output", read_output},   {"order", read_order},         {"memory", read_memory},
    {"runs", read_runs},       {"tries", read_tries},         {"seconds", read_seconds},
    {"budget", read_budget},   {"cflags", read_cflags},       {"libs", read_libs},
    {"sources", read_sources}, {"arguments", read_arguments}, {"threads", read_threads},
};

static void continue_text(char **text, const char *more) {
    char *whole = *text ? string_format("%s %s", *text, more) : string_copy(more);
    free(*text);
    *text = whole;
}

// Why an engine cannot see the fault, or cannot judge the program.
static char *read_reason(struct program *program, const char *name, const char *value,
                         enum sight sight) {
    const struct engine *engine = engine_named(name);
    if (!*value)
        return string_copy("says no reason; a student wants to know why the tool sees nothing");
    struct expectation *expected = &program->expectation;
    char **reason = engine ? &expected->reason[engine - engines] : NULL;
    bool goes_on = reason && *reason && expected->sight[engine - engines] == sight;
    char *sentence = goes_on ? NULL : set_sight(program, name, sight);
    if (reason && !sentence)
        continue_text(reason, value);
    return sentence;
}

static char *read_program_key(struct reader *reader, struct program *program, const char *key,
                              const char *value) {
    if (string_starts(key, "blind."))
        return read_reason(program, strchr(key, '.') + 1, value, SIGHT_BLIND);
    if (string_starts(key, "beyond."))
        return read_reason(program, strchr(key, '.') + 1, value, SIGHT_BEYOND);
    for (size_t i = 0; i < sizeof program_keys / sizeof program_keys[0]; i++)
        if (strcmp(key, program_keys[i].name) == 0)
            return program_keys[i].read(reader, program, value);
    struct text known = {0};
    for (size_t i = 0; i < sizeof program_keys / sizeof program_keys[0]; i++)
        text_add(&known, "%s, ", program_keys[i].name);
    char *sentence =
        string_format("unknown key `%s`; known are %sblind.ENGINE, beyond.ENGINE", key, known.data);
    text_free(&known);
    return sentence;
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
            continue_text(keys[i].target, value);
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
    char *sentence = NULL;
    if (!*section)
        sentence = string_format("`%s` stands before the first [section]", key);
    else if (strcmp(section, "lesson") == 0)
        sentence = read_lesson_key(reader->lesson, key, value ? value : "");
    else {
        struct program *program = program_of(reader->lesson, section);
        program = program ? program : add_program(reader, section, line);
        if (program && strcmp(value ? value : "", "TODO") == 0)
            sentence = string_format("`%s` is still to be filled in", key);
        else if (program)
            sentence = read_program_key(reader, program, key, value ? value : "");
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
    char *problem = markers_read(program);
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
    solution->sources = solution->cflags = solution->libs = solution->arguments =
        (struct strings){0};
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

static bool read_lesson(struct lesson *lesson, char **problem) {
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

static int by_number(const void *a, const void *b) {
    return ((const struct lesson *)a)->number - ((const struct lesson *)b)->number;
}

bool course_read(struct course *course, const char *directory, char **problem) {
    *course = (struct course){0};
    *problem = NULL;
    DIR *entries = opendir(directory);
    if (!entries) {
        *problem = string_format("%s: %s; name the directory of the lessons with --lessons",
                                 directory, strerror(errno));
        return false;
    }
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *name = entry->d_name;
        if (!isdigit((unsigned char)name[0]) || !isdigit((unsigned char)name[1]) || name[2] != '-')
            continue;
        course->lessons =
            memory_resize(course->lessons, course->count + 1, sizeof *course->lessons);
        course->lessons[course->count++] =
            (struct lesson){.number = (name[0] - '0') * 10 + name[1] - '0',
                            .slug = string_copy(name),
                            .directory = string_format("%s/%s", directory, name)};
    }
    closedir(entries);
    if (course->count)
        qsort(course->lessons, course->count, sizeof *course->lessons, by_number);
    for (size_t i = 1; i < course->count; i++)
        if (course->lessons[i].number == course->lessons[i - 1].number) {
            *problem =
                string_format("%s and %s have the same number; rename one",
                              course->lessons[i - 1].directory, course->lessons[i].directory);
            return false;
        }
    for (size_t i = 0; i < course->count && !*problem; i++)
        if (!read_lesson(&course->lessons[i], problem))
            return false;
    return true;
}

void course_free(struct course *course) {
    for (size_t i = 0; i < course->count; i++) {
        struct lesson *lesson = &course->lessons[i];
        for (size_t k = 0; k < lesson->program_count; k++)
            program_free(&lesson->programs[k]);
        free(lesson->programs);
        for (struct program **program =
                 (struct program *[]){lesson->exercise, lesson->solution, NULL};
             *program; program++) {
            program_free(*program);
            free(*program);
        }
        for (size_t k = 0; k < HINTS; k++)
            free(lesson->hints[k]);
        free(lesson->slug);
        free(lesson->directory);
        free(lesson->title);
        free(lesson->part);
        free(lesson->summary);
    }
    free(course->lessons);
    *course = (struct course){0};
}

struct lesson *course_lesson(struct course *course, int number) {
    for (size_t i = 0; i < course->count; i++)
        if (course->lessons[i].number == number)
            return &course->lessons[i];
    return NULL;
}
