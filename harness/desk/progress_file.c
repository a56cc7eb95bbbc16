#include "progress_file.h"

#include "../report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    VERSION = 1,
    LARGEST = 16 << 20, // bytes; a student does not reach it
    LOCK_TRIES = 250,   // so often, and so far apart: others hold the lock for an instant only
    LOCK_PAUSE = 20 * 1000 * 1000, // ns
};

static const char name[] = "progress.json";

// The format

static bool is_standing(const json_t *entry) {
    const json_t *judged = json_object_get(entry, "judged"),
                 *hints = json_object_get(entry, "hints"),
                 *solved = json_object_get(entry, "solved"), *digest;
    size_t i;
    if (!json_is_array(judged) || !json_is_integer(hints) || json_integer_value(hints) < 0 ||
        json_integer_value(hints) > HINTS)
        return false;
    json_array_foreach((json_t *)judged, i, digest) {
        if (!json_is_string(digest))
            return false;
    }
    json_int_t attempt = json_integer_value(json_object_get(solved, "attempt"));
    return !solved || (attempt > 0 && json_is_string(json_object_get(solved, "digest")));
}

static bool is_whole(const json_t *json) {
    const json_t *exercises = json_object_get(json, "exercises"),
                 *version = json_object_get(json, "version");
    const char *slug;
    json_t *entry;
    if (!json_is_object(exercises) || !json_is_integer(version) ||
        json_integer_value(version) != VERSION)
        return false;
    json_object_foreach((json_t *)exercises, slug, entry) {
        if (!is_standing(entry))
            return false;
    }
    return true;
}

// Reading

static char *path_of(const struct home *home) {
    return string_format("%s/%s", home->desk, name);
}

// The exercises in the file; NULL when it is there, but is no such file.
static json_t *load(const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return json_object();
    bool small = stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= LARGEST;
    size_t length = 0;
    char *bytes = small ? file_read(path, &length) : NULL;
    json_t *json = bytes ? json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
    json_t *exercises = is_whole(json) ? json_incref(json_object_get(json, "exercises")) : NULL;
    json_decref(json);
    free(bytes);
    return exercises;
}

// Owned by the caller; errno says why.
static char *cannot_set_aside(const char *path) {
    char *shown = report_path(path);
    char *sentence = string_format("%s is damaged and cannot be put aside: %s; move it away, or "
                                   "progress is not kept",
                                   shown, strerror(errno));
    free(shown);
    return sentence;
}

// Under the lock. Never on top of what was kept aside before. False when the file is still in its place.
static bool set_aside(const char *path, char **sentence) {
    char *kept = NULL;
    for (int i = 1;; i++) {
        struct stat status;
        kept = string_format("%s.damaged-%d", path, i);
        if (lstat(kept, &status) != 0)
            break;
        free(kept);
    }
    bool moved = rename(path, kept) == 0;
    char *shown = report_path(path);
    *sentence = moved
                    ? string_format("%s is damaged; it is kept as %s, and progress is counted anew",
                                    shown, path_base(kept))
                    : cannot_set_aside(path);
    free(shown);
    free(kept);
    return moved;
}

// The lock

// A descriptor to be closed; -1 with errno. The file itself stays: one that is removed while another waits for
// it would lock nothing.
static int lock(const struct home *home) {
    if (!directory_make(home->desk))
        return -1;
    char *path = string_format("%s/lock", home->desk);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    free(path);
    const struct timespec pause = {.tv_nsec = LOCK_PAUSE};
    for (int i = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
        if (i == LOCK_TRIES || (errno != EWOULDBLOCK && errno != EINTR)) {
            int problem = errno;
            close(fd);
            errno = problem;
            return -1;
        }
        nanosleep(&pause, NULL);
    }
    return fd;
}

static char *not_kept(const struct home *home) {
    int problem = errno;
    char *shown = report_path(home->desk);
    char *sentence =
        problem == EWOULDBLOCK
            ? string_format("%s/lock is held by another process; progress is not kept", shown)
            : string_format("%s: %s; progress is not kept", shown, strerror(problem));
    free(shown);
    return sentence;
}

// Under the lock. NULL when a damaged file stays in its place, which must not be written over.
static json_t *load_or_set_aside(const char *path, char **sentence) {
    json_t *exercises = load(path);
    return exercises || !set_aside(path, sentence) ? exercises : json_object();
}

char *progress_read(const struct home *home, struct progress *progress) {
    char *path = path_of(home), *sentence = NULL;
    progress->exercises = load(path);
    if (!progress->exercises) { // somebody else may put it aside at this moment
        int fd = lock(home);
        if (fd < 0)
            sentence = cannot_set_aside(path);
        else
            progress->exercises = load_or_set_aside(path, &sentence);
        if (fd >= 0)
            close(fd);
    }
    if (!progress->exercises)
        progress->exercises = json_object();
    free(path);
    return sentence;
}

void progress_free(struct progress *progress) {
    json_decref(progress->exercises);
    *progress = (struct progress){0};
}

struct standing progress_of(const struct progress *progress, const struct lesson *lesson) {
    const json_t *entry = json_object_get(progress->exercises, lesson->slug),
                 *solved = json_object_get(entry, "solved");
    return (struct standing){.attempts = json_array_size(json_object_get(entry, "judged")),
                             .solved_at =
                                 (size_t)json_integer_value(json_object_get(solved, "attempt")),
                             .digest = json_string_value(json_object_get(solved, "digest")),
                             .hints = (size_t)json_integer_value(json_object_get(entry, "hints"))};
}

const struct lesson *progress_next(const struct progress *progress, const struct course *course,
                                   const struct lesson *lesson) {
    size_t start = lesson ? (size_t)(lesson - course->lessons) + 1 : 0;
    for (size_t i = 0; i < course->count; i++) {
        const struct lesson *other = &course->lessons[(start + i) % course->count];
        if (other != lesson && other->exercise && !progress_of(progress, other).solved_at)
            return other;
    }
    return NULL;
}

// Writing

static bool write_all(int fd, const char *bytes, size_t length) {
    while (length) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno != EINTR)
            return false;
        bytes += put > 0 ? put : 0;
        length -= put > 0 ? (size_t)put : 0;
    }
    return true;
}

// Under the lock. On the disk before it takes the place of the old one, so that a power cut leaves one of the two.
static bool store(const struct home *home, const char *path, json_t *exercises) {
    json_t *json = json_pack("{s:i, s:O}", "version", VERSION, "exercises", exercises);
    char *text = json_dumps(json, JSON_INDENT(1) | JSON_SORT_KEYS);
    char *new = string_format("%s.new", path);
    json_decref(json);
    unlink(new);
    int fd = text ? open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) : -1;
    bool ok =
        fd >= 0 && write_all(fd, text, strlen(text)) && write_all(fd, "\n", 1) && fsync(fd) == 0;
    int problem = errno;
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        problem = errno;
    }
    if (ok && rename(new, path) != 0) {
        ok = false;
        problem = errno;
    }
    if (!ok && fd >= 0)
        unlink(new);
    int directory = ok ? open(home->desk, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (directory >= 0) {
        fsync(directory);
        close(directory);
    }
    free(new);
    free(text);
    errno = problem;
    return ok;
}

static json_t *entry_of(json_t *exercises, const struct lesson *lesson) {
    json_t *entry = json_object_get(exercises, lesson->slug);
    if (!entry) {
        entry = json_pack("{s:[], s:i}", "judged", "hints", 0);
        json_object_set_new(exercises, lesson->slug, entry);
    }
    return entry;
}

static size_t index_of(const json_t *judged, const char *digest) {
    size_t i = 0;
    while (i < json_array_size(judged) &&
           strcmp(json_string_value(json_array_get(judged, i)), digest) != 0)
        i++;
    return i;
}

struct change {
    const char *digest; // NULL: no attempt
    bool solved;
    size_t hint;
};

static void apply(json_t *entry, const struct change *change) {
    json_t *judged = json_object_get(entry, "judged");
    if (change->digest) {
        size_t index = index_of(judged, change->digest);
        if (index == json_array_size(judged))
            json_array_append_new(judged, json_string(change->digest));
        if (change->solved && !json_object_get(entry, "solved"))
            json_object_set_new(entry, "solved",
                                json_pack("{s:I, s:s}", "attempt", (json_int_t)index + 1, "digest",
                                          change->digest));
    }
    if ((json_int_t)change->hint > json_integer_value(json_object_get(entry, "hints")))
        json_object_set_new(entry, "hints", json_integer((json_int_t)change->hint));
}

static char *note(const struct home *home, const struct lesson *lesson,
                  const struct change *change) {
    int fd = lock(home);
    if (fd < 0)
        return not_kept(home);
    char *path = path_of(home), *sentence = NULL;
    json_t *exercises = load_or_set_aside(path, &sentence), *before = json_deep_copy(exercises);
    if (exercises)
        apply(entry_of(exercises, lesson), change);
    if (exercises && !json_equal(before, exercises) && !store(home, path, exercises) && !sentence)
        sentence = not_kept(home);
    json_decref(before);
    json_decref(exercises);
    free(path);
    close(fd);
    return sentence;
}

char *progress_note_attempt(const struct home *home, const struct lesson *lesson,
                            const char *digest, bool solved) {
    return note(home, lesson, &(struct change){.digest = digest, .solved = solved});
}

char *progress_note_hint(const struct home *home, const struct lesson *lesson, size_t hint) {
    return note(home, lesson, &(struct change){.hint = hint});
}
