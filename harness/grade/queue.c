#include "queue.h"

#include "../text.h"
#include "record.h"
#include "known.h"
#include "worklist.h"

#include <stdlib.h>
#include <string.h>

const char *const ruling_words[RULINGS] = {"",        "correct",  "faulty",
                                           "refused", "unjudged", "unchanged"};

enum ruling ruling_named(const char *word) {
    enum ruling ruling = RULINGS - 1;
    while (ruling > RULING_NONE && (!word || strcmp(ruling_words[ruling], word) != 0))
        ruling--;
    return ruling;
}

unsigned conductor_shard(const char *key, unsigned shards) {
    char digits[9] = {0};
    memcpy(digits, key, 8);
    return (unsigned)(strtoul(digits, NULL, 16) % shards) + 1;
}

void queue_add(struct queue *queue, const struct queued *item) {
    if ((queue->count & (queue->count - 1)) == 0)
        queue->items =
            memory_resize(queue->items, queue->count ? 2 * queue->count : 1, sizeof *queue->items);
    queue->items[queue->count++] = *item;
}

// What could not be judged is tried again: its cause may be gone.
static enum ruling kept_ruling(const struct grading *grading, const char *key) {
    json_t *record = record_read(grading->out, key);
    enum ruling ruling = ruling_named(json_string_value(json_object_get(record, "verdict")));
    json_decref(record);
    return ruling == RULING_UNJUDGED ? RULING_NONE : ruling;
}

static bool is_digest(const char *text) {
    return text && strlen(text) == 32 && strspn(text, "0123456789abcdef") == 32;
}

char *queue_read(struct queue *queue, struct grading *grading) {
    struct worklist worklist;
    struct known seen = {0};
    char *problem = worklist_open(&worklist, grading->out);
    json_t *pair;
    while (!problem && (pair = worklist_next(&worklist))) {
        const char *key = json_string_value(json_object_get(pair, "key"));
        const char *submission = json_string_value(json_object_get(pair, "submission"));
        size_t before = seen.count;
        if (is_digest(key) && is_digest(submission) &&
            conductor_shard(key, grading->shards) == grading->shard)
            known_put(&seen, key, 0);
        if (seen.count > before) {
            enum ruling ruling = kept_ruling(grading, key);
            struct queued item = {
                .lesson = (unsigned char)json_integer_value(json_object_get(pair, "lesson"))};
            memcpy(item.key, key, sizeof item.key);
            memcpy(item.submission, submission, sizeof item.submission);
            grading->all++;
            grading->rulings[ruling] += ruling != RULING_NONE;
            grading->done += ruling != RULING_NONE;
            if (ruling == RULING_NONE)
                queue_add(queue, &item);
        }
        json_decref(pair);
    }
    grading->kept = grading->done;
    known_free(&seen);
    worklist_close(&worklist);
    return problem;
}

void queue_free(struct queue *queue) {
    free(queue->items);
    *queue = (struct queue){0};
}
