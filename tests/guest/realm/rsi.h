/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Realm Services Interface 1.0, Arm DEN0137: the calls, by SMC. */
#ifndef REALM_RSI_H
#define REALM_RSI_H

#include <stdbool.h>
#include <stdint.h>

#define RSI_VERSION                0xc4000190u
#define RSI_FEATURES               0xc4000191u
#define RSI_MEASUREMENT_READ       0xc4000192u
#define RSI_ATTESTATION_TOKEN_INIT 0xc4000194u
#define RSI_REALM_CONFIG           0xc4000196u
#define RSI_IPA_STATE_SET          0xc4000197u
#define RSI_IPA_STATE_GET          0xc4000198u
#define RSI_HOST_CALL              0xc4000199u

#define RSI_SUCCESS     0
#define RSI_ERROR_INPUT 1

#define RIPAS_EMPTY 0
#define RIPAS_RAM   1

#define SHARED (1ull << 38) /* in an IPA: the half that others see too */

/* A call's x0..x8 after it. */
struct rsi {
    uint64_t x[9];
};
struct rsi rsi_call(uint64_t function, uint64_t a, uint64_t b, uint64_t c);

/* RSI_IPA_STATE_SET until all is done; false: refused, or no progress. */
bool rsi_set(uint64_t base, uint64_t size, uint64_t ripas);

/* RSI_HOST_CALL from this CPU's own structure; see protocol.h. */
void rsi_host(unsigned operation, uint64_t argument);

/* A load of 64 bits that may abort; *aborted says whether it did. */
uint64_t try_read64(uint64_t address, bool *aborted);

#endif
