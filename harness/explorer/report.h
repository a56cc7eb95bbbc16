// What a schedule has to tell: faults, the trace, and how it ended. Written into the channel as JSON
// objects, one a line; addresses stay numbers here, the harness knows what they are called.
#ifndef INTERLEAVE_EXPLORER_REPORT_H
#define INTERLEAVE_EXPLORER_REPORT_H

#include "channel.h"
#include "object.h"

#include <stdbool.h>
#include <stdint.h>

struct thread;

// Places are offsets from the start of the executable's image.
#define PLACE_HERE report_place(__builtin_return_address(0))
uint32_t report_place(const void *return_address);

// A fault: begin, then what it is about, then each thread's part, then end.
void report_fault(const char *kind);
// The same fault wherever its places are: they are where somebody happened to be.
void report_wherever(void);
// It counts only if no other fault is found: other faults may follow from what causes it.
void report_weak(void);
void report_object(const char *key, const struct object *object);
void report_memory(const char *key, uintptr_t address, unsigned size);
void report_number(const char *key, uint64_t number);
void report_word(const char *key, const char *word);
void report_text(const char *key, const char *text); // of the program: whatever stands in it
// A list of places; items follow until something else is reported.
void report_list(const char *key);
void report_item(uint32_t place);
// What a thread does or did there, with the locks that it holds if it is still there.
void report_part(unsigned thread, uint32_t place, const char *does, const struct object *object,
                 bool with_held);
// The locks that the thread of the part just told of held then.
struct held;
void report_held(const struct held *held, size_t count);
// Who had called the function that the part just told of is in, and so on: the thread is at its announced
// operation.
void report_callers(const struct thread *thread);
// What a thread waits for, and who would have to move: `holder` may be NULL; `since`: where it took it.
void report_waiter(const struct thread *thread, const struct thread *holder, uint32_t since,
                   const char *holder_state);
// False when this schedule has reported it before: kind and places are what counts.
bool report_fault_end(void);

// Whether this schedule has reported such a fault at these places (`b` may be 0), which is cheaper to ask
// first where it may be met a million times.
bool report_has_fault(const char *kind, uint32_t a, uint32_t b);

// An access that raced: a choice in later schedules.
void report_race_site(uint32_t place);
bool report_is_race_site(uint32_t place); // of an earlier schedule

// The question who is to move: begin, then a part for each thread that lives, then end. `can` says how it
// can go on, a bit for each enum way; `spins`: put aside, since it only looks, over and over.
void report_question(void);
void report_pending(const struct thread *thread, unsigned can, bool spins,
                    const struct thread *holder, uint32_t since);
void report_question_end(void);

// For the trace. One operation; `choice`: that led to it, or NULL.
struct operation;
struct choice;
void report_step(const struct thread *thread, const struct operation *operation, const char *note,
                 const struct choice *choice);
// The thread is about to learn what `clock` knows: by its last operation, if it is the calling one, and by
// its next one otherwise. Nothing is told of what it knows already.
void report_learns(const struct thread *thread, const struct clock *clock);
// The calling thread's last operation lets that one go on. `moves`: to another operation, such as from a
// condition to its mutex.
void report_wakes(const struct thread *thread, bool moves);

// These end the process.
_Noreturn void report_end(enum schedule_end end, int exit_status);
_Noreturn void report_unavailable(const char *format, ...) __attribute__((format(printf, 1, 2)));
// Perhaps in a library: `calls` led there, the innermost first.
_Noreturn void report_unavailable_in(uint32_t place, void *const *calls, int count,
                                     const char *format, ...) __attribute__((format(printf, 4, 5)));
_Noreturn void report_unavailable_at(uint32_t place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
