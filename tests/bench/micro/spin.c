/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The other VM of micro.c's CPU: always runnable, never in EL2 by itself. */
#include "lib/platform.h"

int main(uint64_t dtb);

int main(uint64_t dtb)
{
    (void)dtb;
    for (;;) {
        relax();
    }
}
