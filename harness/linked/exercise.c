// What the driver of an exercise says (lessons/drive.h), written into the witness file.
#include "canary.h"
#include "proof.h"
#include "record.h"
#include "slots.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void interleave_check_failed(const char *sentence, const void *called_from);
void interleave_driver_done(uint64_t first, uint64_t second);

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

static uint64_t farewell;

// The key itself is forgotten at once; the program under test could look for it.
void interleave_driver_done(uint64_t first, uint64_t second) {
    struct proof_key key = {{first, second}};
    if (!interleave_witness)
        return;
    farewell = proof_number(key, interleave_witness->challenge, PROOF_ENDED);
    atomic_store(&interleave_witness->driver_done,
                 proof_number(key, interleave_witness->challenge, PROOF_DONE));
}

static bool returned; // from main

int __real_main(int argc, char **argv, char **environment);
int __wrap_main(int argc, char **argv, char **environment);

int __wrap_main(int argc, char **argv, char **environment) {
    int status = __real_main(argc, argv, environment);
    returned = true;
    return status;
}

enum { LAST = 0 }; // priority of a destructor that comes after the program's own

// Not reached when something ends the process between the driver's last call and here. Who finds the code of
// that call and calls it has to end the program after it: a driver's main returns.
__attribute__((destructor(LAST))) static void program_ended(void) {
    if (!interleave_witness || witness_is_forked())
        return;
    if (canary_sings && !canary_sings())
        atomic_store(&interleave_witness->blinded, 1);
    if (returned)
        atomic_store(&interleave_witness->driver_ended, farewell);
}
