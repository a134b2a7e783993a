namespace DeepLearning.Tests.Training;

/// <summary>Everything that a part of a run would save, as one text: the same bits give the same text.</summary>
internal static class StateBits
{
    public static string Of(Action<StateWriter> save)
    {
        var state = new StateWriter();
        save(state);
        IEnumerable<string> texts = state.Texts.Select(t => $"{t.Key}={t.Value}");
        return string.Join('\n', texts.Concat(state.Arrays.Select(
            a => $"{a.Name}={string.Join(',', a.Values.ToArray().Select(BitConverter.SingleToInt32Bits))}")).Order(StringComparer.Ordinal));
    }

    public static string Of(Model model, Optimizer optimizer, IEnumerable<Callback> callbacks)
        => string.Join('\n', [Of(to => ModelState.Save(model, to, optimizer.RunningAverage)), Of(optimizer.SaveState), .. callbacks.Select(c => Of(c.SaveState))]);
}
