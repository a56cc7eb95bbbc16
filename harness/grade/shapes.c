#include "shapes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DIGITS_MOST = 18 };

// Lessons

// Small letters and digits only: "Lesson 07", "lesson_07" and "lesson-07" are the same.
static char *plain(const char *name) {
    struct text text = {0};
    for (; *name; name++)
        if (*name != ' ' && *name != '-' && *name != '_')
            text_add(&text, "%c", tolower((unsigned char)*name));
    return text_take(&text);
}

// The number that follows one of the words, and with which the name ends; 0: none.
static int number_in(const char *name) {
    static const char *const words[] = {"lesson", "exercise", "ex", ""};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const char *digits = name + strlen(words[i]);
        if (!string_starts(name, words[i]))
            continue;
        size_t length = strspn(digits, "0123456789");
        if (length && length <= 3 && digits[length] == '\0')
            return atoi(digits);
    }
    return 0;
}

const struct lesson *shapes_lesson(const struct course *course, const char *name) {
    char *wanted = plain(name);
    int number = number_in(wanted);
    const struct lesson *found = NULL;
    for (size_t i = 0; i < course->count && !found; i++) {
        const struct lesson *lesson = &course->lessons[i];
        char *slug = plain(lesson->slug);
        const char *tail = slug + strspn(slug, "0123456789");
        bool is_it = lesson->number == number || strcmp(slug, wanted) == 0 ||
                     (*tail && strcmp(tail, wanted) == 0);
        found = is_it && lesson->exercise ? lesson : NULL;
        free(slug);
    }
    free(wanted);
    return found;
}

const struct lesson *shapes_slug(const struct course *course, const char *name) {
    for (size_t i = 0; i < course->count; i++)
        if (course->lessons[i].exercise && strcmp(course->lessons[i].slug, name) == 0)
            return &course->lessons[i];
    return NULL;
}

// Downloads

static size_t digits_at(const char *text) {
    size_t length = strspn(text, "0123456789");
    return length <= DIGITS_MOST ? length : 0;
}

const char *shapes_again(const char *stem, unsigned *again) {
    const char *dash = strrchr(stem, '-');
    size_t length = dash ? strspn(dash + 1, "0123456789") : 0;
    if (!length || length > 4 || dash == stem || dash[1 + length] != '\0')
        return NULL;
    *again = (unsigned)atoi(dash + 1);
    return dash;
}

bool shapes_canvas(const char *name, struct handed_in *handed) {
    const char *at = strchr(name, '_');
    *handed = (struct handed_in){0};
    if (!at || at == name)
        return false;
    size_t length = (size_t)(at - name);
    at++;
    if (strncasecmp(at, "late_", 5) == 0)
        at += 5;
    const char *user = at;
    size_t user_length = digits_at(user);
    if (!user_length || user[user_length] != '_')
        return false;
    const char *submission = user + user_length + 1;
    size_t submission_length = digits_at(submission);
    if (!submission_length || submission[submission_length] != '_' ||
        !submission[submission_length + 1])
        return false;
    handed->name = string_format("%.*s", (int)length, name);
    handed->student = string_format("%s_%.*s", handed->name, (int)user_length, user);
    handed->file = string_copy(submission + submission_length + 1);
    char *stem = string_format("%.*s", (int)strcspn(handed->file, "."), handed->file);
    if (!shapes_again(stem, &handed->again))
        handed->again = 0;
    free(stem);
    return true;
}

bool shapes_moodle(const char *name, struct handed_in *handed) {
    static const char mark[] = "_assignsubmission_";
    *handed = (struct handed_in){0};
    const char *end = strstr(name, mark), *number = end;
    while (number && number > name && isdigit((unsigned char)number[-1]))
        number--;
    if (!end || number == end || number - name < 2 || number[-1] != '_')
        return false;
    const char *kind = end + strlen(mark);
    size_t kind_length = strcspn(kind, "_");
    const char *file = kind[kind_length] == '_' ? kind + kind_length + 1 : "";
    handed->is_text = kind_length != strlen("file") || strncmp(kind, "file", kind_length) != 0;
    handed->name = string_format("%.*s", (int)(number - 1 - name), name);
    handed->student = string_format("%.*s", (int)(end - name), name);
    handed->file = *file ? string_copy(file) : NULL;
    return true;
}

void handed_in_free(struct handed_in *handed) {
    free(handed->student);
    free(handed->name);
    free(handed->file);
    *handed = (struct handed_in){0};
}

// Folders

static bool is_one_of(const char *name, const char *const *names) {
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

bool shapes_ignores(const char *name) {
    static const char *const names[] = {"build", "node_modules", "__MACOSX", "CMakeFiles", NULL};
    return *name == '.' || is_one_of(name, names);
}

bool shapes_course_folder(const char *name) {
    static const char *const names[] = {"solutions", "tests", "harness", "scripts", "docs", NULL};
    return is_one_of(name, names);
}
