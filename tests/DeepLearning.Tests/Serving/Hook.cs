namespace DeepLearning.Tests.Serving;

/// <summary>A layer that gives its input back and lets a test see each pass.</summary>
internal sealed class Hook(Action<Tensor> onForward) : Layer
{
    private int calls;

    public int Calls => calls;

    public override Tensor Forward(Tensor x, LayerContext context)
    {
        Interlocked.Increment(ref calls);
        onForward(x);
        return x;
    }
}
