/*
 * A party in a rented hall. Guests come and go; the last one who leaves turns off the lights.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

struct party;

/* A party with one guest, the caller. `lights_out` is for the last one to leave. */
struct party *party_new(void (*lights_out)(void));

/*
 * These may be called by several threads at once. Only who is at the party may call them.
 *
 * party_bring() brings in one guest more.
 *
 * party_leave() counts one guest out. The last one calls lights_out() and frees the party. All that
 * the others did before they left happens before lights_out(), which is called once.
 */
void party_bring(struct party *party);
void party_leave(struct party *party);

#endif
