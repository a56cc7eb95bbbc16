#ifndef RING_H
#define RING_H

struct ring;

struct ring *ring_new(unsigned size);
void ring_free(struct ring *r);
void ring_put(struct ring *r, int value);
int ring_get(struct ring *r, int *value); /* 0 once the ring is closed and empty */
void ring_close(struct ring *r);

#endif
