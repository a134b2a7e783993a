namespace DeepLearning;

/// <summary>Predictions with random layers active: several for each chunk of rows.</summary>
internal sealed class MonteCarlo(Model model)
{
    /// <exception cref="InvalidOperationException">No layer draws random numbers.</exception>
    public MonteCarloPrediction[] Predict(IReadOnlyList<Tensor> inputs, int samples, ulong seed, bool keepSamples)
    {
        if (samples < 2) throw new ArgumentOutOfRangeException(nameof(samples), samples, $"A deviation needs at least 2 samples, got {samples}.");
        RequireRandomLayer();
        var checkedInputs = new ForwardPass(model.Graph);
        model.RequireInputCount(inputs.Count);
        for (int i = 0; i < inputs.Count; i++) checkedInputs[i] = inputs[i];
        model.RequireInputs(checkedInputs);
        int rows = inputs[0].Shape[0];
        SampleMoments[] moments = Array.ConvertAll(model.Graph.Outputs, o => new SampleMoments(o.Shape.Prepend(rows), samples, keepSamples));
        model.Inference.Borrow(Inference.ChunkRows, workspace =>
        {
            for (int row = 0, chunk = 0; row < rows; row += Inference.ChunkRows, chunk++)
            {
                int count = Math.Min(Inference.ChunkRows, rows - row);
                Tensor[] part = [.. inputs.Select(x => x.RowsView(row, count))];
                for (int sample = 0; sample < samples; sample++)
                {
                    Tape tape = workspace.For(count, Inference.ChunkRows);
                    workspace.Pass.Take(part, tape);
                    // Rows of another chunk draw other numbers, whatever the number of samples.
                    ulong step = ((ulong)chunk << 32) + (ulong)sample;
                    workspace.Pass.Run(model.Graph.All, tape, training: false, seed, step, stochastic: true);
                    for (int o = 0; o < moments.Length; o++) moments[o].Add(sample, row, workspace.Pass[model.Graph.OutputValues[o]]);
                }
            }
        });
        return Array.ConvertAll(moments, m => m.Result());
    }

    private void RequireRandomLayer()
    {
        // Of a custom layer it is not known.
        foreach (LayerSlot slot in model.Slots)
            if (slot.Layer.IsRandom || LayerKinds.BuiltIn.Of(slot.Layer) is null) return;
        throw new InvalidOperationException(
            "No layer of the model draws random numbers, so all samples would be equal: PredictSamples is for models with Dropout or another random layer.");
    }

    /// <summary>Mean and sum of squared differences of each value of an output (Welford 1962), in double precision.</summary>
    private sealed class SampleMoments(Shape shape, int samples, bool keeps)
    {
        private readonly double[] means = new double[shape.Size], squares = new double[shape.Size];
        private readonly Tensor? kept = keeps ? Tensor.Zeros(shape.Prepend(samples)) : null;
        private readonly int rowSize = shape[0] == 0 ? 0 : shape.Size / shape[0];

        public void Add(int sample, int row, Tensor predictions)
        {
            ReadOnlySpan<float> y = predictions.AsReadOnlySpan();
            int start = row * rowSize;
            for (int i = 0; i < y.Length; i++)
            {
                double difference = y[i] - means[start + i];
                means[start + i] += difference / (sample + 1);
                squares[start + i] += difference * (y[i] - means[start + i]);
            }

            if (kept is not null) y.CopyTo(kept.AsSpan()[(sample * shape.Size + start)..]);
        }

        public MonteCarloPrediction Result() => new(
            Tensor.From(Array.ConvertAll(means, m => (float)m), shape),
            Tensor.From(Array.ConvertAll(squares, s => (float)Math.Sqrt(s / samples)), shape), kept);
    }
}
