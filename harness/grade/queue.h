// The pairs that are still to be judged, in little memory: what a pair needs beyond its key is the lesson
// and the fingerprint of the submission.
#ifndef INTERLEAVE_QUEUE_H
#define INTERLEAVE_QUEUE_H

#include "conductor.h"

struct queued {
    char key[33], submission[33];
    unsigned char lesson, tries;
};

struct queue {
    struct queued *items;
    size_t count, next; // items[next] is the next one
};

// Those of the worklist that belong to the shard and have no record. Counts in `grading`. NULL, or what is
// wrong with the worklist (owned by the caller).
char *queue_read(struct queue *queue, struct grading *grading);
void queue_add(struct queue *queue, const struct queued *item);
void queue_free(struct queue *queue);

#endif
