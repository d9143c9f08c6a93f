/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a finger does. */
#ifndef EL1_TOUCH_H
#define EL1_TOUCH_H

enum touch_action { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP };

#endif
