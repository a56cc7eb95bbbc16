// Reads grading.ini. The first mistake is told with its file and line; nothing is guessed.
#include "scheme.h"
#include "scheme_usual.h"

#include "../digest.h"

#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    LARGEST_FILE = 1 << 20, // bytes
    MOST_POINTS = 1000,
};

struct reader {
    struct scheme *scheme;
    const struct course *course;
    const char *path, *at; // of the text: where the next line begins
    char *problem;         // the first one
    int problem_line, line;
    bool said[LESSON_NUMBERS][CHECKS + 3]; // which keys were there; row 0: [points] and [rules]
    bool anything;
};

static const char lesson_section[] = "lesson ";
static const char file_remedy[] =
    "`interleave scheme` prints one to begin with, and without --config the usual "
    "scheme is used";

static void complain(struct reader *reader, char *sentence) {
    if (sentence && !reader->problem) {
        reader->problem = string_format("%s:%d: %s", reader->path, reader->line, sentence);
        reader->problem_line = reader->line;
    }
    free(sentence);
}

// "12" or "12.5" or "12.25": no sign, no exponent, nothing that a reader might read otherwise.
static bool read_points(const char *value, hundredths *result) {
    size_t whole = strspn(value, "0123456789");
    const char *rest = value + whole;
    size_t decimals = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;
    bool ends = *rest == '.' ? decimals > 0 && !rest[1 + decimals] : !*rest;
    if (!whole || whole > 4 || decimals > 2 || !ends)
        return false;
    hundredths decimal = decimals ? atol(rest + 1) * (decimals == 1 ? 10 : 1) : 0;
    *result = atol(value) * POINT + decimal;
    return *result <= MOST_POINTS * POINT;
}

static char *set_points(hundredths *target, const char *key, const char *value) {
    return read_points(value, target)
               ? NULL
               : string_format("`%s = %s` is no number of points; write one from 0 to %d, with at "
                               "most two decimals",
                               key, value, MOST_POINTS);
}

static char *check_names(void) {
    struct text names = {0};
    for (int check = 0; check < CHECKS; check++)
        text_add(&names, ", %s", check_words[check].name);
    return text_take(&names);
}

static char *unknown_key(const char *section, const char *key, const char *first, bool checks) {
    char *names = checks ? check_names() : string_copy("");
    char *sentence = string_format("[%s] has no key `%s`; it has %s%s", section, key, first, names);
    free(names);
    return sentence;
}

// Whether the key was there before in the section of that row; slot CHECKS and above: not of a check.
static char *once(struct reader *reader, int row, int slot, const char *key) {
    bool before = reader->said[row][slot];
    reader->said[row][slot] = true;
    return before
               ? string_format("`%s` is given twice (an indented line goes on with the key above "
                               "it); leave one out",
                               key)
               : NULL;
}

static char *read_required(struct scheme *scheme, const char *value) {
    struct strings names = {0};
    char *sentence = NULL;
    strings_add_list(&names, value);
    scheme->required = 0;
    scheme->repair = false;
    for (size_t i = 0; i < names.count && !sentence; i++) {
        enum check check = check_named(names.items[i]);
        if (strcmp(names.items[i], "none") == 0 && names.count == 1)
            continue;
        if (strcmp(names.items[i], "repair") == 0)
            scheme->repair = true;
        else if (check != CHECKS)
            scheme->required |= 1U << check;
        else {
            char *known = check_names();
            sentence = string_format("`%s` cannot be required; what can is repair%s, or none alone",
                                     names.items[i], known);
            free(known);
        }
    }
    if (!names.count)
        sentence = string_copy("`required` is empty; write `required = none` if nothing is");
    strings_free(&names);
    return sentence;
}

static char *read_points_key(struct reader *reader, const char *key, const char *value) {
    enum check check = check_named(key);
    bool lesson = strcmp(key, "lesson") == 0;
    if (!lesson && check == CHECKS)
        return unknown_key("points", key, "lesson", true);
    char *twice = once(reader, 0, (int)check, key);
    hundredths *target = lesson ? &reader->scheme->lesson : &reader->scheme->weights[check];
    return twice ? twice : set_points(target, key, value);
}

static const struct lesson *lesson_named(const struct course *course, const char *name) {
    for (size_t i = 0; i < course->count; i++) {
        const struct lesson *lesson = &course->lessons[i];
        char *end;
        long number = strtol(name, &end, 10);
        if (strcmp(name, lesson->slug) == 0 || (!*end && *name && number == lesson->number))
            return lesson;
    }
    return NULL;
}

static char *read_lessons(struct reader *reader, const char *value) {
    struct strings names = {0};
    char *sentence = NULL;
    strings_add_list(&names, value);
    for (size_t i = 0; i < names.count && !sentence; i++) {
        const struct lesson *lesson = lesson_named(reader->course, names.items[i]);
        if (lesson && lesson->number < LESSON_NUMBERS)
            reader->scheme->chosen[lesson->number] = true;
        else
            sentence =
                string_format("`%s` is no lesson; `interleave list` lists them", names.items[i]);
    }
    reader->scheme->chooses = names.count > 0;
    if (!names.count)
        sentence = string_copy("`lessons` is empty; name those that count, or leave it out");
    strings_free(&names);
    return sentence;
}

static char *read_rules_key(struct reader *reader, const char *key, const char *value) {
    bool required = strcmp(key, "required") == 0;
    if (!required && strcmp(key, "lessons") != 0)
        return unknown_key("rules", key, "required, lessons", false);
    char *twice = once(reader, 0, CHECKS + (required ? 1 : 2), key);
    return twice      ? twice
           : required ? read_required(reader->scheme, value)
                      : read_lessons(reader, value);
}

static struct scheme_lesson *section_of(struct scheme *scheme, int number, int line) {
    for (size_t i = 0; i < scheme->lesson_count; i++)
        if (scheme->lessons[i].number == number)
            return &scheme->lessons[i];
    scheme->lessons =
        memory_resize(scheme->lessons, scheme->lesson_count + 1, sizeof *scheme->lessons);
    struct scheme_lesson *lesson = &scheme->lessons[scheme->lesson_count++];
    *lesson = (struct scheme_lesson){.number = number, .points = -1, .line = line};
    for (int check = 0; check < CHECKS; check++)
        lesson->weights[check] = -1;
    return lesson;
}

static char *read_lesson_key(struct reader *reader, const char *section, const char *key,
                             const char *value) {
    const char *name = section + strlen(lesson_section);
    const struct lesson *lesson = lesson_named(reader->course, name);
    enum check check = check_named(key);
    bool whole = strcmp(key, "points") == 0;
    if (!whole && check == CHECKS)
        return unknown_key(section, key, "points", true);
    struct scheme_lesson *own = section_of(reader->scheme, lesson->number, reader->line);
    char *twice = once(reader, lesson->number, (int)check, key);
    return twice ? twice : set_points(whole ? &own->points : &own->weights[check], key, value);
}

// NULL when there may be such a section; otherwise why not.
static char *refuse_section(const struct reader *reader, const char *section) {
    if (strcmp(section, "points") == 0 || strcmp(section, "rules") == 0)
        return NULL;
    if (!string_starts(section, lesson_section))
        return string_format("there is no section [%s]; there are [points], [rules] and [lesson N]",
                             section);
    const struct lesson *lesson = lesson_named(reader->course, section + strlen(lesson_section));
    return lesson && lesson->number > 0 && lesson->number < LESSON_NUMBERS
               ? NULL
               : string_format("[%s]: there is no such lesson; `interleave list` lists them",
                               section);
}

// inih calls this for every key, right after it has read the line; what is said of a section that there is
// none of is told with the section.
static int read_key(void *context, const char *section, const char *key, const char *value) {
    struct reader *reader = context;
    char *sentence;
    value = value ? value : "";
    reader->anything = true;
    if (!*section)
        sentence =
            string_format("`%s` stands before the first [section]; begin with [points]", key);
    else if (strcmp(section, "points") == 0)
        sentence = read_points_key(reader, key, value);
    else if (strcmp(section, "rules") == 0)
        sentence = read_rules_key(reader, key, value);
    else if (!(sentence = refuse_section(reader, section)))
        sentence = read_lesson_key(reader, section, key, value);
    complain(reader, sentence);
    return 1;
}

// Debian's inih does not say which line it is at, so the lines are counted where they are read.
static char *next_line(char *buffer, int size, void *context) {
    struct reader *reader = context;
    if (!*reader->at)
        return NULL;
    reader->line++;
    size_t length = strcspn(reader->at, "\n"), room = (size_t)size - 1;
    if (length > room) {
        complain(reader, string_format("the line is longer than %zu characters; nothing in this "
                                       "file needs that many",
                                       room));
        reader->at += strlen(reader->at);
        return NULL;
    }
    memcpy(buffer, reader->at, length);
    buffer[length] = '\0';
    const char *open = buffer + strspn(buffer, " \t");
    if (*open == '[' && strchr(open, ']')) { // inih tells only of those that have keys
        char *section = string_format("%.*s", (int)strcspn(open + 1, "]"), open + 1);
        complain(reader, refuse_section(reader, section));
        free(section);
    }
    reader->at += length + (reader->at[length] == '\n');
    return buffer;
}

// The text; NULL with a problem.
static char *read_text(struct reader *reader, size_t *length) {
    struct stat status;
    const char *why = NULL;
    char *text = NULL;
    bool there = stat(reader->path, &status) == 0;
    if (there && !S_ISREG(status.st_mode))
        why = "is not a regular file";
    else if (there && status.st_size > LARGEST_FILE)
        why = "is larger than 1 MiB, so it is no grading.ini";
    else if (!there || !(text = file_read(reader->path, length)))
        why = strerror(errno);
    else if (memchr(text, '\0', *length))
        why = "is a binary file";
    if (why) {
        reader->problem = string_format("%s: %s; %s", reader->path, why, file_remedy);
        free(text);
        return NULL;
    }
    return text;
}

static hundredths sum_of(const hundredths weights[CHECKS], const hundredths otherwise[CHECKS]) {
    hundredths sum = 0;
    for (int check = 0; check < CHECKS; check++)
        sum += weights[check] >= 0 ? weights[check] : otherwise[check];
    return sum;
}

// What only the whole file can tell.
static char *check_whole(const struct reader *reader) {
    const struct scheme *scheme = reader->scheme;
    hundredths parts[CHECKS], total = 0;
    if (!reader->anything)
        return string_format("%s: says nothing; %s", reader->path, file_remedy);
    if (!sum_of(scheme->weights, scheme->weights))
        return string_format("%s: the shares of all checks in [points] are 0; give at least one of "
                             "them more",
                             reader->path);
    for (size_t i = 0; i < scheme->lesson_count; i++)
        if (!sum_of(scheme->lessons[i].weights, scheme->weights))
            return string_format(
                "%s:%d: the shares of all checks of lesson %d are 0; give at least "
                "one of them more",
                reader->path, scheme->lessons[i].line, scheme->lessons[i].number);
    for (size_t i = 0; i < reader->course->count; i++)
        if (!scheme->chooses || scheme->chosen[reader->course->lessons[i].number])
            total += scheme_points(scheme, reader->course->lessons[i].number, parts);
    return total ? NULL
                 : string_format("%s: no lesson is worth a point; give `lesson` in [points] more "
                                 "than 0",
                                 reader->path);
}

char *scheme_read(struct scheme *scheme, const char *path, const struct course *course) {
    scheme_set_usual(scheme);
    if (!path)
        return NULL;
    struct reader *reader = memory_zeroed(1, sizeof *reader);
    reader->scheme = scheme;
    reader->course = course;
    reader->path = path;
    size_t length = 0;
    char *text = read_text(reader, &length);
    if (text) {
        reader->at = text;
        int wrong = ini_parse_stream(next_line, reader, read_key, reader);
        if (wrong > 0 && (!reader->problem || wrong < reader->problem_line)) {
            free(reader->problem);
            reader->problem =
                string_format("%s:%d: neither `key = value` nor [section]; correct it "
                              "or begin the line with `;`",
                              path, wrong);
        }
        if (!reader->problem)
            reader->problem = check_whole(reader);
        char *digest = digest_bytes(text, length);
        free(scheme->source);
        scheme->source = string_format("%s (%.8s)", path_base(path), digest);
        free(digest);
    }
    char *problem = reader->problem;
    free(text);
    free(reader);
    return problem;
}
