#include "intake.h"

#include "absent.h"
#include "shapes.h"
#include "student.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char intake_shapes[] =
    "understood are STUDENT/NN-slug/exercise.c, STUDENT/NN-slug.c, a repository of each student "
    "with "
    "lessons/NN-slug/exercise.c, downloads of Canvas and Moodle, and, with --lesson N, STUDENT.c";

bool intake_wants(const struct intake *intake, const struct lesson *lesson) {
    return !intake->only || intake->only[lesson->number];
}

// Nothing of a folder was taken. Why not?
static char *why_nothing(const struct intake *intake, const struct spot *spot, char *const *first,
                         size_t remarks) {
    if (!*first && intake->only)
        return string_copy("nothing in it is for a lesson that was asked for");
    if (!*first)
        return string_copy(*spot->entries ? "no exercise is in it" : "it is empty");
    return remarks > 1 ? string_format("%s (and %zu more)", *first, remarks - 1)
                       : string_copy(*first);
}

static void begin_student(struct intake *intake, const struct spot *spot, const char *folder,
                          const char *student, const char *shown) {
    size_t entries = 0, remarks = 0, before = intake->count;
    char *path = spot_below(spot, folder), *first = NULL, *why;
    struct spot inner = *spot;
    inner.fd = openat(spot->fd, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    inner.path = path;
    inner.student = student;
    inner.name = shown;
    inner.named = false;
    inner.depth = 0;
    inner.entries = &entries;
    inner.remarks = &remarks;
    inner.first = &first;
    if (inner.fd < 0) {
        why = string_format("%s; make it readable", strerror(errno));
        spot_remark(intake, spot, path, why);
    } else {
        student_read(intake, &inner);
        close(inner.fd);
        why = why_nothing(intake, &inner, &first, remarks);
    }
    if (intake->count == before)
        absent_note(intake, student, path, why, false);
    free(why);
    free(first);
    free(path);
}

// The folder itself is that of one student, called as it is.
static char *own_name(const struct intake *intake) {
    char *real = realpath(intake->folder, NULL);
    char *name = string_copy(path_base(real ? real : intake->folder));
    free(real);
    return name;
}

static void take_of_one(struct intake *intake, const struct spot *spot, const char *name,
                        const struct lesson *lesson, unsigned again) {
    char *student = own_name(intake);
    spot_take(intake, spot, name, lesson, student, student, again);
    free(student);
}

// Which lesson a file of a platform is for; NULL: nobody says. A slug in its name counts more than what is asked for.
static const struct lesson *lesson_said(const struct intake *intake, const struct spot *spot,
                                        const char *stem) {
    unsigned again;
    const char *dash = shapes_again(stem, &again);
    char *before = string_format("%.*s", (int)(dash ? dash - stem : 0), stem);
    const struct lesson *lesson = shapes_slug(intake->course, stem);
    if (!lesson)
        lesson = shapes_slug(intake->course, before);
    if (!lesson)
        lesson = spot->lesson;
    // "exercise-2.c" may be the second hand-in as well as lesson 2.
    if (!lesson && !(dash && string_starts(stem, "ex"))) {
        lesson = shapes_lesson(intake->course, stem);
        if (!lesson)
            lesson = shapes_lesson(intake->course, before);
    }
    free(before);
    return lesson;
}

// Not in a folder of the student's own.
static void read_flat_file(struct intake *intake, const struct spot *all, const char *name) {
    struct spot here = *all;
    const struct spot *spot = &here;
    struct handed_in handed;
    char *first = NULL;
    here.first = &first;
    bool platform = shapes_canvas(name, &handed) || shapes_moodle(name, &handed);
    if (platform && !handed.is_text && handed.file && string_ends(handed.file, ".c")) {
        char *stem = spot_stem(handed.file);
        const struct lesson *lesson = lesson_said(intake, spot, stem);
        char *path = spot_below(spot, name);
        if (lesson && intake_wants(intake, lesson))
            spot_take(intake, spot, name, lesson, handed.student, handed.name, handed.again);
        else if (lesson)
            spot_remark(intake, spot, path, "of a lesson that was not asked for");
        else
            spot_remark(intake, spot, path,
                        "the name does not say for which lesson; grade each lesson's download with "
                        "--lesson N");
        free(path);
        free(stem);
    } else if (platform) {
        char *path = spot_below(spot, name);
        spot_remark(intake, spot, path,
                    handed.is_text ? "typed into the platform, not a file" : "not a C file");
        free(path);
    } else if (string_ends(name, ".c")) {
        char *stem = spot_stem(name);
        unsigned again;
        const struct lesson *lesson = student_lesson(intake, spot, name, false, &again);
        bool number = stem[strspn(stem, "0123456789")] == '\0';
        // Where the lesson is known, "12.c" is of a student with that number.
        if (lesson && !number && (!spot->lesson || lesson == spot->lesson))
            take_of_one(intake, spot, name, lesson, again);
        else if (spot->lesson)
            spot_take(intake, spot, name, spot->lesson, stem, stem, 0);
        else
            student_refuse(intake, spot, name);
        free(stem);
    } else {
        student_refuse(intake, spot, name);
    }
    if (first) {
        char *path = spot_below(spot, name);
        char *stem = string_format("%.*s", (int)strcspn(name, "."), name);
        absent_note(intake, platform ? handed.student : stem, path, first, !platform);
        free(stem);
        free(path);
    }
    free(first);
    handed_in_free(&handed);
}

// GitHub Classroom puts "ASSIGNMENT-student" into "ASSIGNMENT-submissions".
static const char *without_assignment(const char *folder, const char *name) {
    static const char end[] = "-submissions";
    size_t length = strlen(folder);
    size_t prefix = string_ends(folder, end) ? length - strlen(end) + 1 : 0;
    bool same = prefix && strncmp(folder, name, prefix) == 0 && name[prefix];
    return same ? name + prefix : name;
}

static void read_class(struct intake *intake, const struct spot *spot);

static void read_class_folder(struct intake *intake, const struct spot *spot, const char *name,
                              const char *own) {
    const struct lesson *lesson = shapes_slug(intake->course, name);
    struct handed_in handed;
    if (shapes_moodle(name, &handed)) {
        begin_student(intake, spot, name, handed.student, handed.name);
    } else if (lesson && !spot->depth) {
        char *path = spot_below(spot, name);
        struct spot inner = *spot;
        inner.fd = openat(spot->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        inner.path = path;
        inner.lesson = lesson;
        inner.depth = 1;
        if (inner.fd >= 0) {
            read_class(intake, &inner);
            close(inner.fd);
        }
        free(path);
    } else if (strcmp(name, "lessons") == 0 && !spot->depth) {
        begin_student(intake, spot, name, own, own);
    } else {
        const char *student = without_assignment(own, name);
        begin_student(intake, spot, name, student, student);
    }
    handed_in_free(&handed);
}

// A folder of students, or of one lesson's files.
static void read_class(struct intake *intake, const struct spot *spot) {
    struct strings names = spot_names(spot->fd, SIZE_MAX);
    char *own = own_name(intake);
    bool repository = spot_is_directory(spot->fd, "lessons");
    for (size_t i = 0; i < names.count && !intake->problem; i++) {
        const char *name = names.items[i];
        if (shapes_ignores(name) || (repository && shapes_course_folder(name)))
            continue;
        if (spot_is_directory(spot->fd, name) && !string_ends(name, ".c"))
            read_class_folder(intake, spot, name, own);
        else
            read_flat_file(intake, spot, name);
    }
    free(own);
    strings_free(&names);
}

// Order

bool intake_same(const struct found *a, const struct found *b) {
    return a->lesson == b->lesson && strcmp(a->student, b->student) == 0;
}

// Of one student's files for one lesson: one that differs from the shipped file goes before it, a later hand-in
// before an earlier one, then the file that was changed last.
static int by_student(const void *a, const void *b) {
    const struct found *left = a, *right = b;
    int order = strcmp(left->student, right->student);
    if (!order)
        order = left->lesson->number - right->lesson->number;
    if (!order)
        order = (int)left->as_shipped - (int)right->as_shipped;
    if (!order)
        order = (right->again > left->again) - (right->again < left->again);
    if (!order)
        order = (right->changed.tv_sec > left->changed.tv_sec) -
                (right->changed.tv_sec < left->changed.tv_sec);
    if (!order)
        order = (right->changed.tv_nsec > left->changed.tv_nsec) -
                (right->changed.tv_nsec < left->changed.tv_nsec);
    return order ? order : strcmp(left->path, right->path);
}

char *intake_read(struct intake *intake) {
    int fd = open(intake->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return string_format("%s: %s; name the folder of the submissions", intake->folder,
                             strerror(errno));
    if (!intake->lesson) {
        char *own = own_name(intake);
        intake->lesson = shapes_slug(intake->course, own);
        free(own);
    }
    const struct spot all = {.fd = fd, .path = "", .lesson = intake->lesson};
    read_class(intake, &all);
    close(fd);
    if (intake->count)
        qsort(intake->items, intake->count, sizeof *intake->items, by_student);
    char *own = own_name(intake);
    absent_write(intake, own);
    free(own);
    return intake->problem;
}

void intake_free(struct intake *intake) {
    for (size_t i = 0; i < intake->count; i++) {
        struct found *found = &intake->items[i];
        free(found->student);
        free(found->name);
        free(found->path);
        free(found->digest);
        free(found->trouble);
    }
    absent_free(intake);
    free(intake->items);
    intake->items = NULL;
    intake->count = 0;
}
