/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libFuzzer target: the operations of test_vgic.c against its model, as the input says. */
#define main test_vgic_main
#include "../unit/test_vgic.c"
#undef main

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) {
        return 0;
    }
    seed = 1;
    script = data + 1;
    left = size - 1;
    start(*data & 1);
    while (left) {
        operate();
    }
    read_back(0);
    (void)test_vgic_main;
    return 0;
}
