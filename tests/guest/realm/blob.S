/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The protected guest's program, which the owner loads. */
    .section .rodata.blob, "a"
    .global guest_start, guest_end
    .balign 8
guest_start:
    .incbin "realm-guest.bin"
    .balign 8
guest_end:
