#include "student.h"

#include "shapes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    DEPTH_MOST = 8,       // of folders below that of a student
    ENTRIES_MOST = 20000, // looked at of one student
};

// Files of the course lie in the folder of a lesson beside the exercise, and beside these folders.
static bool is_of_course(const struct intake *intake, const struct spot *spot, const char *name) {
    const struct lesson *lesson = spot->lesson;
    char *path = NULL;
    if (lesson)
        path = string_format("%s/%s", lesson->directory, name);
    else if (strcmp(path_base(spot->path), "lessons") == 0)
        path = string_format("%s/../%s", intake->course->lessons[0].directory, name);
    bool found = path && access(path, F_OK) == 0;
    free(path);
    return found;
}

// The lesson that a file with this name is handed in for; NULL: it is none.
const struct lesson *student_lesson(const struct intake *intake, const struct spot *spot,
                                    const char *name, bool alone, unsigned *again) {
    *again = 0;
    if (!string_ends(name, ".c"))
        return NULL;
    char *stem = spot_stem(name);
    const char *dash = shapes_again(stem, again);
    const struct lesson *lesson = shapes_lesson(intake->course, stem);
    if (lesson) {
        *again = 0;
    } else if (dash) { // "07-lock-order-2"
        stem[dash - stem] = '\0';
        lesson = shapes_lesson(intake->course, stem);
    }
    if (!lesson && strcmp(stem, "exercise") == 0)
        lesson = spot->lesson;
    if (!lesson && alone && !spot->named) // whatever it is called
        lesson = spot->lesson;
    free(stem);
    return lesson;
}

static size_t count_sources(const struct strings *names) {
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++)
        count += string_ends(names->items[i], ".c") && names->items[i][0] != '.';
    return count;
}

void student_refuse(struct intake *intake, const struct spot *spot, const char *name) {
    static const char *const telling[] = {".c",  ".C",  ".cpp", ".cc",  ".txt", ".zip",
                                          ".gz", ".7z", ".rar", ".tar", ".tgz", ".xz"};
    bool tells = spot->depth == 0 && !spot_is_directory(spot->fd, "lessons");
    for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++)
        tells = tells || string_ends(name, telling[i]);
    if (!tells || is_of_course(intake, spot, name))
        return;
    bool archive = string_ends(name, ".zip") || string_ends(name, ".gz") ||
                   string_ends(name, ".7z") || string_ends(name, ".rar") ||
                   string_ends(name, ".tar") || string_ends(name, ".tgz") ||
                   string_ends(name, ".xz");
    char *path = spot_below(spot, name);
    spot_remark(
        intake, spot, path,
        archive ? "an archive; unpack it where it lies"
        : spot_is_link(spot->fd, name)
            ? "a symbolic link, which is not followed; put the file itself there"
        : string_ends(name, ".c")
            ? "no lesson is known for it; wanted is exercise.c in a folder with the name of the "
              "lesson, a name such as 07-lock-order.c, or --lesson N"
            : "not the C file of an exercise");
    free(path);
}

static void read_folder(struct intake *intake, const struct spot *spot, const char *name) {
    const struct lesson *lesson = shapes_lesson(intake->course, name);
    char *path = spot_below(spot, name);
    struct spot inner = *spot;
    inner.fd = openat(spot->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    inner.path = path;
    inner.lesson = lesson ? lesson : spot->lesson;
    inner.named = lesson || spot->named;
    inner.depth++;
    if (inner.fd < 0) {
        char *why = string_format("%s; make it readable", strerror(errno));
        spot_remark(intake, spot, path, why);
        free(why);
    } else if (inner.depth > DEPTH_MOST) {
        spot_remark(intake, spot, path, "too deep below the student's folder; move it up");
    } else {
        student_read(intake, &inner);
    }
    if (inner.fd >= 0)
        close(inner.fd);
    free(path);
}

// What a repository has below the folder of a lesson, or beside it, is of the course, not handed in.
static void read_subfolder(struct intake *intake, const struct spot *spot, const char *name) {
    const struct lesson *lesson = shapes_lesson(intake->course, name);
    if (lesson || !is_of_course(intake, spot, name))
        read_folder(intake, spot, name);
}

void student_read(struct intake *intake, const struct spot *spot) {
    size_t left = ENTRIES_MOST - *spot->entries;
    struct strings names = spot_names(spot->fd, left);
    bool alone = count_sources(&names) == 1;
    bool repository = spot_is_directory(spot->fd, "lessons");
    *spot->entries += names.count;
    if (names.count == left && left)
        spot_remark(
            intake, spot, spot->path,
            "more than 20000 files; the rest is not looked at, so take out what is not needed");
    for (size_t i = 0; i < names.count && !intake->problem; i++) {
        const char *name = names.items[i];
        unsigned again;
        const struct lesson *lesson = student_lesson(intake, spot, name, alone, &again);
        if (shapes_ignores(name) || (repository && shapes_course_folder(name)))
            continue;
        if (lesson)
            spot_take(intake, spot, name, lesson, spot->student, spot->name, again);
        else if (spot_is_directory(spot->fd, name))
            read_subfolder(intake, spot, name);
        else
            student_refuse(intake, spot, name);
    }
    strings_free(&names);
}
