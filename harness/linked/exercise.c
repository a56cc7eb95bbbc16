// What the driver of an exercise says (lessons/drive.h), written into the witness file.
#include "record.h"
#include "slots.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void interleave_check_failed(const char *sentence, const void *called_from);
void interleave_driver_done(void);

_Noreturn void interleave_check_failed(const char *sentence, const void *called_from) {
    struct witness *witness = interleave_witness;
    uint32_t nobody = 0;
    if (witness && atomic_compare_exchange_strong(&witness->check_claimed, &nobody, 1)) {
        struct witness_thread *thread = slot_mine();
        witness->check_thread = thread ? thread->number : 0;
        witness->check_pc = (uint64_t)(uintptr_t)called_from;
        strncpy(witness->check_sentence, sentence, WITNESS_SENTENCE - 1);
        atomic_store(&witness->check_failed, 1);
    }
    while (witness && !atomic_load(&witness->check_failed))
        usleep(100); // another thread is writing
    _exit(EXIT_FAILURE);
}

void interleave_driver_done(void) {
    if (interleave_witness)
        atomic_store(&interleave_witness->driver_done, 1);
}
