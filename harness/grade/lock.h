// Who is grading into an output directory: two at once are refused, but shards of one grading may go on
// beside each other. A lock ends with its process, however that ends.
#ifndef INTERLEAVE_LOCK_H
#define INTERLEAVE_LOCK_H

struct lock {
    int all, shard; // descriptors, -1: not held
};

// NULL, or who holds it (owned by the caller). `shards` 1: for the whole grading.
char *lock_take(struct lock *lock, const char *out, unsigned shard, unsigned shards);
// While the worklist is written; waits for others that write it. The descriptor, to be closed, or -1 with
// *problem (owned by the caller).
int lock_worklist(const char *out, char **problem);
void lock_release(struct lock *lock);
// Into how many shards a grading in this directory was split; 1: none.
unsigned lock_shards(const char *out);

#endif
