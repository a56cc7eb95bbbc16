#include "course.h"

#include "manifest.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

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
        if (!manifest_read(&course->lessons[i], problem))
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
        free(lesson->challenge.goal);
        free(lesson->challenge.in);
        free(lesson->challenge.none);
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
