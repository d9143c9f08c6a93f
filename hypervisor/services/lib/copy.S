/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * memcpy, memmove and memset for Normal memory with the MMU on, 64 bytes at a time. picolibc's go
 * byte by byte, which is too slow for pictures.
 */
        .text
        .global memcpy
        .balign 64
memcpy:
        mov     x3, x0
        subs    x2, x2, #64
        b.lo    2f
1:      ldp     q0, q1, [x1], #32
        ldp     q2, q3, [x1], #32
        subs    x2, x2, #64
        stp     q0, q1, [x3], #32
        stp     q2, q3, [x3], #32
        b.hs    1b
2:      tbz     x2, #5, 3f                      // the lower bits of n - 64 are those of n
        ldp     q0, q1, [x1], #32
        stp     q0, q1, [x3], #32
3:      tbz     x2, #4, 4f
        ldr     q0, [x1], #16
        str     q0, [x3], #16
4:      tbz     x2, #3, 5f
        ldr     x4, [x1], #8
        str     x4, [x3], #8
5:      tbz     x2, #2, 6f
        ldr     w4, [x1], #4
        str     w4, [x3], #4
6:      tbz     x2, #1, 7f
        ldrh    w4, [x1], #2
        strh    w4, [x3], #2
7:      tbz     x2, #0, 8f
        ldrb    w4, [x1]
        strb    w4, [x3]
8:      ret

        .global memmove
        .balign 64
memmove:
        sub     x3, x0, x1
        cmp     x3, x2
        b.hs    memcpy                          // forwards does no harm
        add     x1, x1, x2
        add     x3, x0, x2
        subs    x2, x2, #32
        b.lo    2f
1:      ldp     q0, q1, [x1, #-32]!
        subs    x2, x2, #32
        stp     q0, q1, [x3, #-32]!
        b.hs    1b
2:      ands    x2, x2, #31
        b.eq    4f
3:      ldrb    w4, [x1, #-1]!
        subs    x2, x2, #1
        strb    w4, [x3, #-1]!
        b.ne    3b
4:      ret

        .global memset
        .balign 64
memset:
        dup     v0.16b, w1
        mov     x3, x0
        subs    x2, x2, #64
        b.lo    2f
1:      subs    x2, x2, #64
        stp     q0, q0, [x3], #32
        stp     q0, q0, [x3], #32
        b.hs    1b
2:      ands    x2, x2, #63
        b.eq    4f
3:      subs    x2, x2, #1
        strb    w1, [x3], #1
        b.ne    3b
4:      ret
