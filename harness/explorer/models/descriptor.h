// Descriptors on which a call may have to wait: pipes, sockets, eventfds, epolls, a terminal that is read
// from. All other descriptors go straight through.
//
// Whether a call could go on now the real poll says, so nothing of pipes and sockets is modelled twice. It
// is asked again after each call on such a descriptor, and at no other time.
#ifndef INTERLEAVE_DESCRIPTOR_H
#define INTERLEAVE_DESCRIPTOR_H

#include "thread.h"

#include <poll.h>

// `events`: what the call is about, as for poll.
bool descriptor_may_block(int fd, short events);
// Was it made by a call of the program?
bool descriptor_is_inside(int fd);
// Not O_NONBLOCK: calls wait.
bool descriptor_is_patient(int fd);

// The calling thread is about to do this. It waits until the real poll reports something of `polled`, or
// not at all if that is NULL. `number` is for the report. Meanwhile, a descriptor that another thread
// closes is replaced in `polled` by a copy, as the kernel keeps what a blocked call uses; then the call
// is to be made on the copy, and descriptor_done closes it.
enum way descriptor_visit(const char *name, int number, struct pollfd *polled, unsigned count,
                          uint64_t deadline, uint32_t place);
void descriptor_done(int number, const struct pollfd *polled);
// The same for a call that does not wait.
void descriptor_touch(const char *name, int number, uint32_t place);

// The state of a descriptor has changed: those who wait are looked at again. Keeps errno.
void descriptor_changed(void);

// Makes calls return at once instead of waiting; the result is given to descriptor_restore, keeping errno.
int descriptor_hasten(int fd);
void descriptor_restore(int fd, int flags);

// What one end of a pipe, or of a pair, knew when it wrote, the other knows when it has read.
void descriptor_acquire(int fd);
void descriptor_release(int fd);

// A new descriptor, known by its own `conduit`, by that of all sockets, or by that of another descriptor.
void descriptor_created(int fd, uint32_t place);
void descriptor_created_pair(const int fds[2], uint32_t place);
void descriptor_created_socket(int fd, uint32_t place);

// Of an epoll: the numbers that it watches, at most so many. Returns how many; of anything else none.
unsigned descriptor_watched(int fd, int numbers[], unsigned most);

// Until when a call on the socket waits by its SO_RCVTIMEO or SO_SNDTIMEO, in virtual time; 0: for ever.
uint64_t descriptor_deadline(int fd, int option);

// Nobody in the program can go on. If a thread waits for something that may come from outside, waits for it
// too; true when it came. Ends the schedule as unavailable when it did not.
bool descriptor_awaits_outside(void);

#endif
