//! What reading a field may cost: counted in steps, so that it is the same on every machine.

/// How many more steps the readers may take on one field; runs out on hostile input only.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    left: usize,
    pieces: usize,
    cut: bool,
}

impl Budget {
    /// Bytes of a field for each of which there are many steps: no post that people write is longer.
    const USUAL: usize = 64 * 1024;
    /// Steps for each of those, and for each further byte.
    const MANY: usize = 64;
    const FEW: usize = 6;
    /// Steps there are for the shortest field.
    const LEAST: usize = 4096;
    /// Pieces of code there may be: each is shown to every reader, however short it is.
    const PIECES: usize = 20_000;

    /// A budget in proportion to the `bytes` to be read: for a megabyte it must not run for longer than a gate can wait.
    pub(crate) fn for_bytes(bytes: usize) -> Self {
        let usual = bytes.min(Self::USUAL);
        let further = bytes.saturating_sub(usual).saturating_mul(Self::FEW);
        let left = usual.saturating_mul(Self::MANY).saturating_add(further).saturating_add(Self::LEAST);
        Self { left, pieces: Self::PIECES, cut: false }
    }

    /// Takes `steps`; false when they are no longer there.
    pub(crate) fn take(&mut self, steps: usize) -> bool {
        self.left = self.left.saturating_sub(steps);
        self.left > 0
    }

    /// Takes a piece of code; false, and noted as left unread, when there were too many.
    pub(crate) fn take_piece(&mut self) -> bool {
        let there = self.pieces > 0;
        self.cut |= !there;
        self.pieces = self.pieces.saturating_sub(1);
        there
    }

    /// The steps that are left.
    pub(crate) fn left(&self) -> usize {
        self.left
    }

    /// Whether it has run out.
    pub(crate) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Notes that something was left unread for being too deep, too long or too many.
    pub(crate) fn cut(&mut self) {
        self.cut = true;
    }

    /// Whether everything was read: nothing was left out and the steps sufficed.
    pub(crate) fn is_complete(&self) -> bool {
        !self.cut && !self.is_spent()
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;

    #[test]
    fn a_long_field_has_fewer_steps_for_each_byte() {
        let steps = |bytes: usize| Budget::for_bytes(bytes).left();
        assert_eq!((steps(0), steps(1_000)), (Budget::LEAST, Budget::LEAST + 64_000));
        assert!(steps(1 << 20) < 11 << 20, "a megabyte has no more than 11 steps a byte");
    }

    #[test]
    fn too_many_pieces_are_not_all_read() {
        let mut budget = Budget::for_bytes(1 << 20);
        assert!((0..Budget::PIECES).all(|_| budget.take_piece()) && budget.is_complete());
        assert!(!budget.take_piece() && !budget.is_complete());
    }
}
