#include "intake.h"

#include "identity.h"
#include "shapes.h"
#include "take.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DEPTH_MOST = 8,       // of folders below that of a student
    ENTRIES_MOST = 20000, // looked at of one student
    REMARKS_MOST = 100,   // about one student
};

const char intake_shapes[] =
    "understood are STUDENT/NN-slug/exercise.c, STUDENT/NN-slug.c, a repository of each student "
    "with "
    "lessons/NN-slug/exercise.c, downloads of Canvas and Moodle, and, with --lesson N, STUDENT.c";

// A folder that is looked through.
struct spot {
    int fd;
    const char *path; // below the folder of all, "" for that itself
    const char *student, *name;
    const struct lesson *lesson; // that its name says, or that is known for all
    bool named;                  // its name, or that of a folder above, says the lesson
    unsigned depth;
    size_t *entries, *remarks; // so far, of this student
};

static void remark(struct intake *intake, const struct spot *spot, const char *path,
                   const char *why) {
    if (spot->remarks && (*spot->remarks)++ >= REMARKS_MOST)
        return;
    if (spot->remarks && *spot->remarks == REMARKS_MOST)
        why = "and more of this student that is not listed";
    char *shown = identity_shown_path(path);
    json_t *json = json_pack("{s:s, s:s}", "path", shown, "why", why);
    json_dumpf(json, intake->unrecognised, JSON_COMPACT);
    fputc('\n', intake->unrecognised);
    intake->unrecognised_count++;
    json_decref(json);
    free(shown);
}

static char *below(const struct spot *spot, const char *name) {
    return *spot->path ? string_format("%s/%s", spot->path, name) : string_copy(name);
}

static char *stem_of(const char *file) {
    return string_format("%.*s", (int)(strlen(file) - 2), file);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// The names in a directory, in the order of their bytes.
static struct strings names_in(int fd, size_t most) {
    struct strings names = {0};
    int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = copy >= 0 ? fdopendir(copy) : NULL;
    for (struct dirent *entry; entries && names.count < most && (entry = readdir(entries));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            strings_add(&names, entry->d_name);
    if (entries)
        closedir(entries);
    else if (copy >= 0)
        close(copy);
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, by_name);
    return names;
}

static bool is_directory(int fd, const char *name) {
    struct stat status;
    return fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

static bool is_link(int fd, const char *name) {
    struct stat status;
    return fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

bool intake_wants(const struct intake *intake, const struct lesson *lesson) {
    return !intake->only || intake->only[lesson->number];
}

static void take(struct intake *intake, const struct spot *spot, const char *name,
                 const struct lesson *lesson, const char *student, const char *shown,
                 unsigned again) {
    if (!intake_wants(intake, lesson))
        return;
    struct found found = {.student = string_copy(student),
                          .name = string_copy(shown),
                          .lesson = lesson,
                          .path = below(spot, name),
                          .again = again};
    take_file(intake, &found, spot->fd, name);
    if ((intake->count & (intake->count - 1)) == 0) // room for twice as many
        intake->items = memory_resize(intake->items, intake->count ? 2 * intake->count : 1,
                                      sizeof *intake->items);
    intake->items[intake->count++] = found;
}

// Within the folder of a student

// Files of the course lie in the folder of a lesson beside the exercise.
static bool is_of_course(const struct lesson *lesson, const char *name) {
    char *path = lesson ? string_format("%s/%s", lesson->directory, name) : NULL;
    bool found = path && access(path, F_OK) == 0;
    free(path);
    return found;
}

// The lesson that a file with this name is handed in for; NULL: it is none.
static const struct lesson *lesson_of_file(const struct intake *intake, const struct spot *spot,
                                           const char *name, bool alone, unsigned *again) {
    *again = 0;
    if (!string_ends(name, ".c"))
        return NULL;
    char *stem = stem_of(name);
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

static void refuse_name(struct intake *intake, const struct spot *spot, const char *name) {
    static const char *const telling[] = {".c",  ".C",  ".cpp", ".cc",  ".txt", ".zip",
                                          ".gz", ".7z", ".rar", ".tar", ".tgz", ".xz"};
    bool tells = spot->depth == 0;
    for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++)
        tells = tells || string_ends(name, telling[i]);
    if (!tells || is_of_course(spot->lesson, name))
        return;
    bool archive = string_ends(name, ".zip") || string_ends(name, ".gz") ||
                   string_ends(name, ".7z") || string_ends(name, ".rar") ||
                   string_ends(name, ".tar") || string_ends(name, ".tgz") ||
                   string_ends(name, ".xz");
    char *path = below(spot, name);
    remark(intake, spot, path,
           archive ? "an archive; unpack it where it lies"
           : is_link(spot->fd, name)
               ? "a symbolic link, which is not followed; put the file itself there"
           : string_ends(name, ".c")
               ? "no lesson is known for it; wanted is exercise.c in a folder with the name of the "
                 "lesson, a name such as 07-lock-order.c, or --lesson N"
               : "not the C file of an exercise");
    free(path);
}

static void read_student(struct intake *intake, const struct spot *spot);

static void read_folder(struct intake *intake, const struct spot *spot, const char *name) {
    const struct lesson *lesson = shapes_lesson(intake->course, name);
    char *path = below(spot, name);
    struct spot inner = *spot;
    inner.fd = openat(spot->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    inner.path = path;
    inner.lesson = lesson ? lesson : spot->lesson;
    inner.named = lesson || spot->named;
    inner.depth++;
    if (inner.fd < 0) {
        char *why = string_format("%s; make it readable", strerror(errno));
        remark(intake, spot, path, why);
        free(why);
    } else if (inner.depth > DEPTH_MOST) {
        remark(intake, spot, path, "too deep below the student's folder; move it up");
    } else {
        read_student(intake, &inner);
    }
    if (inner.fd >= 0)
        close(inner.fd);
    free(path);
}

static void read_student(struct intake *intake, const struct spot *spot) {
    size_t left = ENTRIES_MOST - *spot->entries;
    struct strings names = names_in(spot->fd, left);
    bool alone = count_sources(&names) == 1;
    bool repository = is_directory(spot->fd, "lessons");
    *spot->entries += names.count;
    if (names.count == left && left)
        remark(intake, spot, spot->path,
               "more than 20000 files; the rest is not looked at, so take out what is not needed");
    for (size_t i = 0; i < names.count && !intake->problem; i++) {
        const char *name = names.items[i];
        unsigned again;
        const struct lesson *lesson = lesson_of_file(intake, spot, name, alone, &again);
        if (shapes_ignores(name) || (repository && shapes_course_folder(name)))
            continue;
        if (lesson)
            take(intake, spot, name, lesson, spot->student, spot->name, again);
        else if (is_directory(spot->fd, name))
            read_folder(intake, spot, name);
        else
            refuse_name(intake, spot, name);
    }
    strings_free(&names);
}

// The folder of all

static void begin_student(struct intake *intake, const struct spot *spot, const char *folder,
                          const char *student, const char *shown) {
    size_t entries = 0, remarks = 0, before = intake->count;
    char *path = below(spot, folder);
    struct spot inner = *spot;
    inner.fd = openat(spot->fd, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    inner.path = path;
    inner.student = student;
    inner.name = shown;
    inner.named = false;
    inner.depth = 0;
    inner.entries = &entries;
    inner.remarks = &remarks;
    if (inner.fd < 0) {
        char *why = string_format("%s; make it readable", strerror(errno));
        remark(intake, spot, path, why);
        free(why);
    } else {
        read_student(intake, &inner);
        close(inner.fd);
        if (intake->count == before && !remarks && !intake->only)
            remark(intake, spot, path, "no exercise is in it");
    }
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
    take(intake, spot, name, lesson, student, student, again);
    free(student);
}

static void read_flat_file(struct intake *intake, const struct spot *spot, const char *name) {
    struct handed_in handed;
    bool platform = shapes_canvas(name, &handed) || shapes_moodle(name, &handed);
    if (platform && !handed.is_text && handed.file && string_ends(handed.file, ".c")) {
        char *stem = stem_of(handed.file);
        unsigned again;
        const struct lesson *lesson = spot->lesson;
        const char *dash = shapes_again(stem, &again);
        // "exercise-2.c" may be the second hand-in as well as lesson 2.
        bool unclear = dash && string_starts(stem, "ex");
        if (!lesson && !unclear)
            lesson = shapes_lesson(intake->course, stem);
        if (!lesson && dash && !unclear) {
            stem[dash - stem] = '\0';
            lesson = shapes_lesson(intake->course, stem);
        }
        char *path = below(spot, name);
        if (lesson)
            take(intake, spot, name, lesson, handed.student, handed.name, handed.again);
        else
            remark(intake, spot, path,
                   "the name does not say for which lesson; grade each lesson's download with "
                   "--lesson N");
        free(path);
        free(stem);
    } else if (platform) {
        char *path = below(spot, name);
        remark(intake, spot, path,
               handed.is_text ? "typed into the platform, not a file" : "not a C file");
        free(path);
    } else if (string_ends(name, ".c")) {
        char *stem = stem_of(name);
        unsigned again;
        const struct lesson *lesson = lesson_of_file(intake, spot, name, false, &again);
        bool number = stem[strspn(stem, "0123456789")] == '\0';
        // Where the lesson is known, "12.c" is of a student with that number.
        if (lesson && !number && (!spot->lesson || lesson == spot->lesson))
            take_of_one(intake, spot, name, lesson, again);
        else if (spot->lesson)
            take(intake, spot, name, spot->lesson, stem, stem, 0);
        else
            refuse_name(intake, spot, name);
        free(stem);
    } else {
        refuse_name(intake, spot, name);
    }
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
        char *path = below(spot, name);
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
    struct strings names = names_in(spot->fd, SIZE_MAX);
    char *own = own_name(intake);
    bool repository = is_directory(spot->fd, "lessons");
    for (size_t i = 0; i < names.count && !intake->problem; i++) {
        const char *name = names.items[i];
        if (shapes_ignores(name) || (repository && shapes_course_folder(name)))
            continue;
        if (is_directory(spot->fd, name) && !string_ends(name, ".c"))
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
    free(intake->items);
    intake->items = NULL;
    intake->count = 0;
}
